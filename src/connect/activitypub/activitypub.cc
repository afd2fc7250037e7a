#include "connect/activitypub/activitypub.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "base/time.h"
#include "connect/activitypub/peer.h"
#include "connect/activitypub/progress.h"
#include "connect/plain_text.h"
#include "connect/settle.h"
#include "connect/steps.h"
#include "ingest/activitystreams/activity.h"
#include "ingest/activitystreams/activity_acts.h"
#include "net/url.h"

namespace renown::connect::activitypub {
namespace {

using ingest::activitystreams::Activity;
using ingest::activitystreams::first_of;
using ingest::activitystreams::id_of;
using ingest::activitystreams::is_public;
using ingest::activitystreams::type_of;

constexpr int kMostSteps = 10;  ///< pages of a pull
constexpr std::size_t kMostAddressBytes = 1024;

Problem malformed(std::string sentence) {
  return {ProblemKind::malformed, std::move(sentence)};
}

/// A list of the posts of an actor that names who engaged with them, one activity each.
struct List {
  std::string_view member, type, shown;
  Kind kind;
};
constexpr List kLikes{"likes", "Like", "likes", Kind::like};
constexpr List kShares{"shares", "Announce", "reposts", Kind::repost};

class ActivityPub final : public Connector {
 public:
  ActivityPub(std::string account, std::string server, const Access& access)
      : account_(std::move(account)), server_(std::move(server)), http_(access.http), now_(access.now) {}

  std::expected<Pull, Problem> pull(std::string_view cursor, std::stop_token stop) override {
    auto progress = read_cursor(cursor);
    if (!progress) return std::unexpected(malformed("the cursor is none of an outbox"));
    if (actor_.empty()) has_inherited_ = progress->has_skipped;
    return pull_by_steps(
        cursor, kMostSteps,
        [&](Pull& pull) { return actor_.empty() ? look_up(pull, stop) : page(*progress, pull, stop); },
        [&] { return write_cursor(*progress); });
  }

 private:
  using Step = std::expected<bool, Problem>;  ///< whether there is more
  using Done = std::expected<void, Problem>;

  Step look_up(Pull& pull, const std::stop_token& stop) {
    std::string address = account_;
    if (!server_.empty()) {
      auto found = find_actor(http_, server_, account_, stop);
      if (!found) return std::unexpected(std::move(found.error()));
      address = std::move(*found);
    }
    const auto answer = get_document(http_, address, "the actor " + account_, stop);
    if (!answer) return std::unexpected(answer.error());
    const io::JsonValue actor = answer->root;
    const std::string id(id_of(actor));
    outbox_ = id_of(actor["outbox"]);
    origin_ = origin_of(id);
    if (id.empty() || origin_ != origin_of(answer->response.url) || origin_ != origin_of(outbox_)) {
      return std::unexpected(
          malformed(fmt::format("the actor {}: it has no id and outbox on its own server", account_)));
    }
    people::Profile profile;
    profile.account = {"fediverse", id};
    profile.handle = server_.empty() ? actor["preferredUsername"].text() : std::string_view(account_);
    profile.name = actor["name"].text();
    profile.bio = plain_text(actor["summary"].text(), 2'000);
    profile.picture = !actor["icon"].is_missing() && !actor["icon"].is_null();
    pull.profiles.push_back({std::move(profile), answer->response.body});
    actor_ = id;
    return true;
  }

  Step page(Progress& progress, Pull& pull, const std::stop_token& stop) {
    const std::string& address = progress.page.empty() ? outbox_ : progress.page;
    const auto answer = get_document(http_, address, "the outbox", stop);
    const bool is_of_cursor = !std::exchange(has_page_, true) && !progress.page.empty();
    if (!answer && is_of_cursor && concerns_part(answer.error().kind)) {
      progress.page.clear();  // pages may have moved since: once more from the first
      return true;
    }
    if (!answer) return std::unexpected(answer.error());
    const io::JsonValue first = answer->root["first"];
    const io::JsonValue page = first.is_object() ? first : answer->root;
    if (type_of(page).find("Collection") == std::string_view::npos) {
      return std::unexpected(malformed("the outbox: the answer is no collection"));
    }
    const std::string next(first.is_string() ? first.text() : id_of(page["next"]));
    if (next.size() > kMostAddressBytes || (!next.empty() && origin_of(next) != origin_)) {
      return std::unexpected(malformed("the outbox: its next page is on another server"));
    }
    Progress after = progress;
    if (after.walking == 0) after.walking = now_;
    for (const char* member : {"orderedItems", "items"}) {
      for (const io::JsonValue item : page[member].elements()) {
        if (auto done = outbox_item(item, after, pull, stop); !done) return std::unexpected(done.error());
      }
    }
    progress = after;
    progress.page = next;
    if (!next.empty() && !progress.is_walk_long_enough()) return true;
    progress.end_walk();
    return std::exchange(has_inherited_, false);  // once more, for what an earlier reading skipped
  }

  Done outbox_item(io::JsonValue item, Progress& progress, Pull& pull, const std::stop_token& stop) {
    if (!item.is_string()) return own_activity(item, progress, pull, stop);
    auto answer = own_document(item.text(), "an activity of the outbox", stop);
    if (answer) return own_activity(answer->root, progress, pull, stop);
    return skip(std::move(answer.error()), progress, pull, true);
  }

  /// What stands on the actor's own server under its own name.
  std::expected<JsonAnswer, Problem> own_document(std::string_view address, std::string_view what,
                                                  const std::stop_token& stop) {
    if (origin_of(address) != origin_) return std::unexpected(malformed(fmt::format("{}: on another server", what)));
    auto answer = get_document(http_, std::string(address), what, stop);
    if (answer && id_of(answer->root) != address) {
      return std::unexpected(malformed(fmt::format("{}: the answer is not {}", what, address)));
    }
    return answer;
  }

  /// Goes on without a part, unless the whole server is the matter.
  Done skip(Problem problem, Progress& progress, Pull& pull, bool is_of_list) {
    if (!concerns_part(problem.kind)) return std::unexpected(std::move(problem));
    progress.has_skipped = true;
    progress.is_incomplete = progress.is_incomplete || is_of_list;
    pull.skipped.push_back(std::move(problem));
    return {};
  }

  Done own_activity(io::JsonValue whole, Progress& progress, Pull& pull, const std::stop_token& stop) {
    constexpr std::string_view kPlace = "the outbox";
    auto activity = ingest::activitystreams::read_activity(whole);
    if (!activity || activity->actor != actor_) {
      count_bad(pull.report, kPlace, activity ? "it is by somebody else" : activity.error().message);
      return {};
    }
    JsonAnswer note;  // a Create may name what it created by its address alone
    if (activity->type == "Create" && activity->object.is_string()) {
      auto answer = own_document(activity->object.text(), "a post of the outbox", stop);
      if (!answer) return skip(std::move(answer.error()), progress, pull, true);
      note = std::move(*answer);
      activity->object = note.root;
    }
    ingest::Record record;
    if (!is_public(whole)) {
      record.leave_out("a post that was not public");
    } else if (activity->time <= progress.walked - base::kSecondsPerDay) {  // a day more, for clocks that differ
      record.leave_out("an activity that was read before");
    } else if (auto acts = ingest::activitystreams::acts_of(*activity, authors_, record); !acts) {
      count_bad(pull.report, kPlace, acts.error().message);
      return {};
    }
    settle(record, pull.dated, pull.report, kPlace);
    if (activity->type != "Create" || !is_public(whole) || !activity->object.is_object()) return {};
    return post(*activity, progress, pull, stop);
  }

  /// A post of the actor: who liked, reposted, answered it.
  Done post(const Activity& activity, Progress& progress, Pull& pull, const std::stop_token& stop) {
    const io::JsonValue object = activity.object;
    const Post post{"fediverse",   std::string(id_of(object)),
                    actor_,        std::string(id_of(object["url"]).empty() ? id_of(object) : id_of(object["url"])),
                    activity.time, plain_text(object["content"].text())};
    pull.posts.push_back(post);
    authors_.remember(post.id, actor_);  // whom its replies answer, though it may be read again without its rows
    ++progress.watched;
    for (const List& list : {kLikes, kShares}) {
      const std::string what = fmt::format("the {} of {}", list.shown, post.id);
      const std::int64_t earliest = std::max(post.time, progress.walked);
      auto read = for_each_item(http_, object[list.member], origin_, what, stop,
                                [&](io::JsonValue item) { add_engager(item, list, post, earliest, what, pull); });
      if (read) continue;
      if (auto done = skip(std::move(read.error()), progress, pull, true); !done) return done;
    }
    const std::string what = fmt::format("the replies to {}", post.id);
    Done replied;
    auto read = for_each_item(http_, object["replies"], origin_, what, stop, [&](io::JsonValue item) {
      if (replied) replied = reply(item, what, progress, pull, stop);
    });
    if (!replied) return replied;
    return read ? Done() : skip(std::move(read.error()), progress, pull, false);
  }

  void add_engager(io::JsonValue item, const List& list, const Post& post, std::int64_t earliest,
                   std::string_view place, Pull& pull) {
    ingest::Record record;
    const bool is_act = type_of(item) == list.type;
    const std::string_view actor = is_act ? id_of(item["actor"]) : std::string_view{};
    const auto time = base::parse_time(item["published"].text());
    if (actor.empty()) {
      record.leave_out("an engagement that names nobody");
    } else {
      record.add({time ? *time : earliest, list.kind, "fediverse", actor, actor_, post.id, id_of(item), {}});
    }
    settle(record, time ? pull.dated : pull.undated, pull.report, place);
  }

  /// What a reply says is read where it was written, for its own server alone may speak for its author. That server may
  /// be gone, or down: then this reply waits, and nothing else.
  Done reply(io::JsonValue item, std::string_view place, Progress& progress, Pull& pull, const std::stop_token& stop) {
    const std::string address(id_of(item));
    auto answer = get_document(http_, address, fmt::format("the reply {}", address), stop);
    const std::string origin = origin_of(address);
    if (answer && (origin.empty() || origin_of(id_of(answer->root)) != origin ||
                   origin_of(id_of(answer->root["attributedTo"])) != origin)) {
      answer = std::unexpected(malformed(fmt::format("the reply {}: its author is of another server", address)));
    }
    if (!answer) {
      const bool is_ours = answer.error().kind == ProblemKind::cancelled || origin == origin_;
      if (is_ours) return skip(std::move(answer.error()), progress, pull, false);
      progress.has_skipped = true;
      pull.skipped.push_back(std::move(answer.error()));
      return {};
    }
    const io::JsonValue note = answer->root;
    const auto time = base::parse_time(note["published"].text());
    ingest::Record all, about;
    if (!time) {
      count_bad(pull.report, place, time.error().message);
      return {};
    }
    const Activity create{"Create", {}, id_of(note["attributedTo"]), *time, note, note};
    if (!is_public(note)) {
      about.leave_out("a post that was not public");
    } else if (auto acts = ingest::activitystreams::acts_of(create, authors_, all); acts) {
      for (const Interaction& row : all.rows()) {
        if (row.target == actor_) about.add(row);
      }
      about.leave_out("a post that is about somebody else");
    }
    settle(about, pull.dated, pull.report, place);
    return {};
  }

  std::string account_;
  std::string server_;  ///< to be asked by WebFinger; empty where the account is an address
  net::Transport& http_;
  std::int64_t now_;
  std::string actor_;  ///< the actor's address; empty until it was looked up
  std::string outbox_;
  std::string origin_;          ///< of its server
  bool has_page_ = false;       ///< one was asked for
  bool has_inherited_ = false;  ///< an earlier reading of this walk skipped something
  ingest::activitystreams::ObjectAuthors authors_;
};

}  // namespace

Result<std::unique_ptr<Connector>> make_connector(const Source& source, const Access& access) {
  const std::string& account = source.account.account;
  const Error usage{ErrorCode::usage,
                    fmt::format("'{}' is no actor of the Fediverse: give NAME@HOST or its address", account)};
  if (source.account.network != "fediverse") return usage;
  std::string server;
  if (account.find("://") == std::string::npos) {
    const std::size_t at = account.find('@');
    if (at == 0 || at == std::string::npos || account.find_first_of("&?#/ ") != std::string::npos) return usage;
    server = source.server.empty() ? "https://" + account.substr(at + 1) : source.server;
  }
  if (!net::Url::parse(server.empty() ? account : server)) return usage;
  return std::unique_ptr<Connector>(std::make_unique<ActivityPub>(account, server, access));
}

}  // namespace renown::connect::activitypub
