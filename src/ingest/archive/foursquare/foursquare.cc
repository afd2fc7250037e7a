#include "ingest/archive/foursquare/foursquare.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "ingest/archive/archive_time.h"
#include "ingest/archive/json_list.h"

namespace renown::ingest::archive::foursquare {
namespace {

constexpr std::string_view kNetwork = "foursquare";

enum Turn { kUsers, kPosts, kComments };

/// All that is opened: "checkins1.json", "checkins2.json", ... and three more.
std::optional<int> turn_of(std::string_view member) {
  if (is_at(member, "users.json")) return kUsers;
  if (is_part(member, "checkins", "", ".json") || is_at(member, "tips.json")) return kPosts;
  if (is_at(member, "comments.json")) return kComments;
  return std::nullopt;
}

io::JsonValue items_of(io::JsonValue list) {
  return list.is_array() ? list : list["items"];
}

/// What was shown to nobody, or to some alone.
bool is_public(io::JsonValue item) {
  if (item["private"].boolean().value_or(false)) return false;
  const std::string_view shown_to = item["visibility"].text();
  return shown_to.empty() || shown_to == "public";
}

std::uint64_t count_of(io::JsonValue number) {
  const auto count = number.integer();
  return count && *count > 0 ? static_cast<std::uint64_t>(*count) : 0;
}

class Foursquare final : public Network {
 public:
  std::string format() const override { return "a data export of Foursquare or Swarm"; }

  std::optional<int> turn(std::string_view member) const override { return turn_of(member); }

  Result<std::unique_ptr<MemberRecords>> open(const Member& member, std::string bytes) override {
    const int turn = *turn_of(member.name);
    if (turn == kUsers) {
      return json_document(bytes, [this](io::JsonValue root, Record& record) { return users(root, record); });
    }
    if (owner_.empty()) {
      return bad_input("whose export this is is not known: users.json is missing, or names no id of its self");
    }
    return json_list(bytes, items_of, [this, turn](io::JsonValue item, Record& record) -> Result<void> {
      if (turn == kPosts) return post(item, record);
      record.leave_out("a comment: the export does not say on whose check-in");
      return {};
    });
  }

  std::vector<std::string> closing_notices() const override {
    std::vector<std::string> notices;
    if (likes_ > 0 || comments_ > 0) {
      notices.push_back(fmt::format("{} likes and {} comments without names: shown, never counted", likes_, comments_));
    }
    if (without_time_ > 0) {
      notices.push_back(
          fmt::format("{} likes have no time of their own: they count at the time of their post", without_time_));
    }
    return notices;
  }

 private:
  Result<void> users(io::JsonValue root, Record& record) {
    const std::string_view id = root.find({"self", "id"}).text_or_number();
    if (id.empty()) return bad_input("the export names no id of its owner");
    owner_ = id;
    record.leave_out("the profile itself");
    return {};
  }

  /// A check-in or tip, whom it mentions, and who liked it and commented on it.
  Result<void> post(io::JsonValue item, Record& record) {
    const std::string_view id = item["id"].text_or_number();
    if (id.empty()) return bad_input("it has no id");
    const auto time = parse_archive_time(item["createdAt"].text_or_number());
    if (!time) return time.error();
    if (!is_public(item)) {
      record.leave_out("a check-in or tip that was not public");
      return {};
    }
    record.add({*time, Kind::post, kNetwork, owner_, {}, id, id, {}});
    mentions(item, *time, id, record);
    likes(item, *time, id, record);
    comments(item, id, record);
    return {};
  }

  bool is_other(std::string_view user) const { return !user.empty() && user != owner_; }

  /// Who was there with the owner, and who is named in the words. Whoever is both gives two equal rows, which are one
  /// act.
  void mentions(io::JsonValue item, std::int64_t time, std::string_view id, Record& record) const {
    for (const io::JsonValue with : item["with"].elements()) mention(with, time, id, record);
    for (const io::JsonValue entity : item["entities"].elements()) {
      if (entity["type"].text() == "user") mention(entity, time, id, record);
    }
  }

  void mention(io::JsonValue user, std::int64_t time, std::string_view id, Record& record) const {
    const std::string_view who = user["id"].text_or_number();
    if (is_other(who)) record.add({time, Kind::mention, kNetwork, owner_, who, id, id, {}});
  }

  /// Likes as the interface gives them, by groups of people; the rest is a number.
  void likes(io::JsonValue item, std::int64_t time, std::string_view id, Record& record) {
    std::uint64_t named = 0;
    for (const io::JsonValue group : item.find({"likes", "groups"}).elements()) {
      for (const io::JsonValue user : group["items"].elements()) {
        const std::string_view by = user["id"].text_or_number();
        if (by.empty()) continue;
        ++named;
        if (!is_other(by)) continue;
        record.add({time, Kind::like, kNetwork, by, owner_, id, {}, {}});
        ++without_time_;
      }
    }
    const std::uint64_t all = std::max(count_of(item.find({"likes", "count"})), count_of(item["agreeCount"]));
    likes_ += all > named ? all - named : 0;
  }

  void comments(io::JsonValue item, std::string_view id, Record& record) {
    std::uint64_t named = 0;
    for (const io::JsonValue comment : item.find({"comments", "items"}).elements()) {
      const std::string_view by = comment.find({"user", "id"}).text_or_number();
      const auto time = parse_archive_time(comment["createdAt"].text_or_number());
      if (by.empty() || !time) continue;
      ++named;
      if (!is_other(by)) continue;
      record.add({*time, Kind::comment, kNetwork, by, owner_, id, comment["id"].text_or_number(), {}});
    }
    const std::uint64_t all = count_of(item.find({"comments", "count"}));
    comments_ += all > named ? all - named : 0;
  }

  std::string owner_;
  std::uint64_t likes_ = 0;     ///< without names
  std::uint64_t comments_ = 0;  ///< without names, or without a time
  std::uint64_t without_time_ = 0;
};

}  // namespace

std::unique_ptr<Network> make_network() {
  return std::make_unique<Foursquare>();
}

bool looks_like_foursquare(const Archive& archive) {
  const auto has = [&](int turn) {
    return std::ranges::any_of(archive.members(), [&](const Member& member) { return turn_of(member.name) == turn; });
  };
  return has(kUsers) && has(kPosts);
}

}  // namespace renown::ingest::archive::foursquare
