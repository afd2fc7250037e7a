#include "ingest/archive/instagram/instagram.h"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "base/ascii.h"
#include "base/time.h"
#include "ingest/archive/json_list.h"
#include "ingest/archive/mended_text.h"
#include "ingest/tag_list.h"

namespace renown::ingest::archive::instagram {
namespace {

constexpr std::string_view kNetwork = "instagram";

enum Turn { kOwner, kLikes, kComments };

struct OpenedMember {
  std::string_view path;
  Turn turn;
};

/// All that is opened. Which folders are around these, and whether a number follows, changes from year to year.
constexpr std::array<OpenedMember, 6> kOpened = {{{"personal_information/personal_information.json", kOwner},
                                                  {"likes/liked_posts.json", kLikes},
                                                  {"likes/liked_comments.json", kLikes},
                                                  {"comments/post_comments.json", kComments},
                                                  {"comments/post_comments_1.json", kComments},
                                                  {"comments/reels_comments.json", kComments}}};

std::optional<int> turn_of(std::string_view member) {
  for (const auto& [path, turn] : kOpened) {
    if (is_at(member, path)) return turn;
  }
  return std::nullopt;
}

/// The list itself, or the first member that is one: its key changes from year to year too.
io::JsonValue list_in(io::JsonValue root) {
  if (root.is_array()) return root;
  for (const auto [key, member] : root.members()) {
    if (member.is_array()) return member;
  }
  return {};
}

/// Names are letters, digits, '.' and '_'; where old exports have an emoji, no name is meant.
bool is_name(std::string_view text) {
  constexpr std::size_t kMostLetters = 30;
  return !text.empty() && text.size() <= kMostLetters &&
         std::ranges::all_of(text, [](char c) { return base::is_letter_or_digit(c) || c == '.' || c == '_'; });
}

/// The hashtags of a text that is mended: a '#' and what follows, up to a sign or blank of ASCII.
std::string tags_in(std::string_view text) {
  TagList tags;
  for (std::size_t at = text.find('#'); at != std::string_view::npos; at = text.find('#', at + 1)) {
    const std::string_view word = text.substr(at + 1);
    const auto* const end = std::ranges::find_if(word, [](char c) {
      const bool letter = base::is_letter_or_digit(c) || c == '_';
      return !letter && static_cast<unsigned char>(c) < 0x80;
    });
    tags.add(word.substr(0, static_cast<std::size_t>(end - word.begin())));
  }
  return tags.text();
}

Result<std::int64_t> time_of(io::JsonValue timestamp) {
  const auto seconds = timestamp.integer();
  if (!seconds) return bad_input("the time is missing");
  return base::check_unix_seconds(*seconds);
}

class Instagram final : public Network {
 public:
  std::string format() const override { return "an export of Instagram as JSON"; }

  std::optional<int> turn(std::string_view member) const override { return turn_of(member); }

  Result<std::unique_ptr<MemberRecords>> open(const Member& member, std::string bytes) override {
    const int turn = *turn_of(member.name);
    if (turn != kOwner && owner_.empty()) {
      return bad_input(
          "whose export this is is not known: personal_information/personal_information.json is missing, or names no "
          "Username (exports in English do)");
    }
    return json_list(bytes, list_in, [this, turn](io::JsonValue item, Record& record) -> Result<void> {
      if (turn == kOwner) return owner(item, record);
      return turn == kLikes ? like(item, record) : comment(item, record);
    });
  }

 private:
  Result<void> owner(io::JsonValue item, Record& record) {
    const std::string_view name = item.find({"string_map_data", "Username", "value"}).text();
    if (!is_name(name)) return bad_input("the profile has no Username");
    owner_ = name;
    record.leave_out("the profile itself");
    return {};
  }

  /// Old exports have the account in `title` and an emoji in `value`, others the account in `value`.
  Result<void> like(io::JsonValue item, Record& record) const {
    const auto entries = item["string_list_data"].elements();
    if (entries.empty()) return bad_input("the like has no string_list_data");
    const io::JsonValue entry = *entries.begin();
    const auto time = time_of(entry["timestamp"]);
    if (!time) return time.error();
    const std::string_view title = record.keep(mended_text(item["title"].text()));
    const std::string_view account = is_name(title) ? title : entry["value"].text();
    if (!is_name(account)) {
      record.leave_out("a like of an account that is not named");
    } else {
      record.add({*time, Kind::like, kNetwork, owner_, account, entry["href"].text(), {}, {}});
    }
    return {};
  }

  Result<void> comment(io::JsonValue item, Record& record) const {
    const io::JsonValue parts = item["string_map_data"];
    const auto time = time_of(parts.find({"Time", "timestamp"}));
    if (!time) return time.error();
    const std::string_view account = parts.find({"Media Owner", "value"}).text();
    if (!is_name(account)) {
      record.leave_out("a comment on the post of an account that is not named");
      return {};
    }
    const std::string_view tags = record.keep(tags_in(mended_text(parts.find({"Comment", "value"}).text())));
    record.add({*time, Kind::comment, kNetwork, owner_, account, {}, {}, tags});
    return {};
  }

  std::string owner_;
};

}  // namespace

std::unique_ptr<Network> make_network() {
  return std::make_unique<Instagram>();
}

bool looks_like_instagram(const Archive& archive) {
  const auto has = [&](int turn) {
    return std::ranges::any_of(archive.members(), [&](const Member& member) { return turn_of(member.name) == turn; });
  };
  return has(kOwner) && (has(kLikes) || has(kComments));
}

}  // namespace renown::ingest::archive::instagram
