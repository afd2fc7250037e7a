#include "ingest/archive/mastodon/mastodon.h"

#include <algorithm>
#include <utility>

#include "ingest/activitystreams/activity.h"
#include "ingest/activitystreams/activity_acts.h"
#include "ingest/activitystreams/object_authors.h"
#include "ingest/archive/json_list.h"

namespace renown::ingest::archive::mastodon {
namespace {

enum Turn { kOutbox, kLikes };

std::optional<int> turn_of(std::string_view member) {
  if (is_at(member, "outbox.json")) return kOutbox;
  if (is_at(member, "likes.json")) return kLikes;
  return std::nullopt;
}

class Mastodon final : public Network {
 public:
  std::string format() const override { return "an archive of Mastodon"; }

  std::optional<int> turn(std::string_view member) const override { return turn_of(member); }

  Result<std::unique_ptr<MemberRecords>> open(const Member& member, std::string bytes) override {
    const auto items = [](io::JsonValue root) { return root["orderedItems"]; };
    if (turn_of(member.name) == kLikes) {
      return json_list(bytes, items, [](io::JsonValue, Record& record) {
        record.leave_out("a like, which the archive gives without a time");
        return Result<void>();
      });
    }
    return json_list(bytes, items, [this](io::JsonValue item, Record& record) { return activity(item, record); });
  }

 private:
  Result<void> activity(io::JsonValue item, Record& record) {
    const auto activity = activitystreams::read_activity(item);
    if (!activity) return activity.error();
    // The outbox holds what went to followers and to single people too.
    if (activitystreams::is_public(item)) return activitystreams::acts_of(*activity, authors_, record);
    record.leave_out("a post that was not public");
    return {};
  }

  activitystreams::ObjectAuthors authors_;
};

}  // namespace

std::unique_ptr<Network> make_network() {
  return std::make_unique<Mastodon>();
}

bool looks_like_mastodon(const Archive& archive) {
  const auto has = [&](std::string_view path) {
    return std::ranges::any_of(archive.members(), [&](const Member& member) { return is_at(member.name, path); });
  };
  return has("outbox.json") && has("actor.json");
}

}  // namespace renown::ingest::archive::mastodon
