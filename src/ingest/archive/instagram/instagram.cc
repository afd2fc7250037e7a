#include "ingest/archive/instagram/instagram.h"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "base/ascii.h"
#include "ingest/archive/json_list.h"
#include "ingest/archive/mended_text.h"
#include "ingest/archive/meta_export.h"

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

/// Names are letters, digits, '.' and '_'; where old exports have an emoji, no name is meant.
bool is_name(std::string_view text) {
  constexpr std::size_t kMostLetters = 30;
  return !text.empty() && text.size() <= kMostLetters &&
         std::ranges::all_of(text, [](char c) { return base::is_letter_or_digit(c) || c == '.' || c == '_'; });
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
