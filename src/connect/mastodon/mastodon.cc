#include "connect/mastodon/mastodon.h"

#include <algorithm>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "base/time.h"
#include "connect/mastodon/address.h"
#include "connect/mastodon/own_status.h"
#include "connect/mastodon/server.h"
#include "connect/settle.h"
#include "connect/steps.h"
#include "connect/walk.h"

namespace renown::connect::mastodon {
namespace {

constexpr std::string_view kHead = "mastodon";  ///< of cursors
constexpr int kMostSteps = 20;                  ///< pages of a pull

/// Ids of a server grow; "9" comes before "10".
bool is_newer(std::string_view one, std::string_view other) {
  return one.size() != other.size() ? one.size() > other.size() : one > other;
}

Problem malformed(std::string sentence) {
  return {ProblemKind::malformed, std::move(sentence)};
}

class Mastodon final : public Connector {
 public:
  Mastodon(Address address, const Access& access, bool has_token)
      : handle_(std::move(address.handle)),
        name_(std::move(address.name)),
        server_(std::move(address.server), access.http),
        now_(access.now),
        extent_(access.extent),
        has_token_(has_token) {}

  std::expected<Pull, Problem> pull(std::string_view cursor, std::stop_token stop) override {
    auto walk = read_walk(kHead, cursor);
    if (!walk) return std::unexpected(malformed("the cursor is none of a Mastodon account"));
    return pull_by_steps(
        cursor, kMostSteps, [&](Pull& pull) { return step(*walk, pull, stop); },
        [&] { return write_walk(kHead, *walk); });
  }

 private:
  using Step = std::expected<bool, Problem>;  ///< whether there is more
  using Done = std::expected<void, Problem>;

  Step step(Walk& walk, Pull& pull, const std::stop_token& stop) {
    if (server_.own_id.empty()) return look_up(pull, stop);
    if (has_token_ && !has_notifications_) return notifications(walk, pull, stop);
    if (extent_ == Extent::news) return false;
    return statuses(walk, pull, stop);
  }

  Step look_up(Pull& pull, const std::stop_token& stop) {
    auto answer = server_.get("accounts/lookup?acct=" + name_, io::JsonType::object, "the account", stop);
    if (!answer) return std::unexpected(answer.error());
    const std::string id(answer->root["id"].text());
    people::Profile profile = profile_of(answer->root, handle_);
    if (!is_id(id) || profile.account.account.empty()) {
      return std::unexpected(malformed("the account: the answer names none"));
    }
    server_.own_id = id;
    server_.own_uri = profile.account.account;
    server_.names.accounts.insert_or_assign(id, server_.own_uri);
    pull.profiles.push_back({std::move(profile), answer->response.body});
    return true;
  }

  /// The next newer page, from the oldest on: what comes meanwhile is met at the end.
  Step notifications(Walk& walk, Pull& pull, const std::stop_token& stop) {
    const std::string since = walk.newest.empty() ? "0" : walk.newest;
    const auto answer =
        server_.get("notifications?limit=80&min_id=" + since, io::JsonType::array, "the notifications", stop);
    if (!answer) return std::unexpected(answer.error());
    std::string newest = since;
    for (const io::JsonValue each : answer->root.elements()) {
      const std::string_view id = each["id"].text_or_number();
      if (!is_id(id)) return std::unexpected(malformed("the notifications: one has no id"));
      if (is_newer(id, newest)) newest = id;
    }
    has_notifications_ = newest == since;
    if (has_notifications_) return true;
    for (const io::JsonValue each : answer->root.elements()) {
      if (auto done = notification(each, pull, stop); !done) return std::unexpected(done.error());
    }
    walk.newest = std::move(newest);
    return true;
  }

  Done notification(io::JsonValue each, Pull& pull, const std::stop_token& stop) {
    constexpr std::string_view kPlace = "the notifications";
    const std::string_view type = each["type"].text();
    const io::JsonValue status = each["status"];
    if (type == "mention" || type == "quote") {
      auto learnt = server_.learn_answered(status, pull, stop);
      if (!learnt) return std::unexpected(std::move(learnt.error()));
      if (!*learnt) {  // of the account's own posts: it will be told another time, and so is the page read then
        Problem problem = std::move(pull.skipped.back());
        pull.skipped.pop_back();
        return std::unexpected(std::move(problem));
      }
      add_about_own(status, server_, kPlace, pull);
      return {};
    }
    const auto time = base::parse_time(each["created_at"].text());
    const std::string actor = account_uri(each["account"]);
    const bool is_about_post = type == "favourite" || type == "reblog";
    ingest::Record record;
    if (!time) {
      count_bad(pull.report, kPlace, time.error().message);
      return {};
    }
    if (is_about_post && is_public(status)) {
      const Kind kind = type == "reblog" ? Kind::repost : Kind::like;
      record.add({*time, kind, "fediverse", actor, server_.own_uri, status["uri"].text(), {}, {}});
    } else if (type == "follow") {
      record.add({*time, Kind::follow, "fediverse", actor, server_.own_uri, {}, {}, {}});
    } else {
      record.leave_out(is_about_post ? "about a post that was not public" : "a notification that is no engagement");
    }
    settle(record, pull.dated, pull.report, kPlace);
    return {};
  }

  /// The next older page.
  Step statuses(Walk& walk, Pull& pull, const std::stop_token& stop) {
    const std::string from = walk.place.empty() ? "" : "&max_id=" + walk.place;
    const auto answer = server_.get(fmt::format("accounts/{}/statuses?limit=20{}", server_.own_id, from),
                                    io::JsonType::array, "the statuses", stop);
    if (!answer) return std::unexpected(answer.error());
    if (walk.walking == 0) walk.walking = now_;
    bool is_last = answer->root.elements().empty();
    for (const io::JsonValue status : answer->root.elements()) {
      is_last = walk.walked > 0 && walk.is_long_enough();
      if (is_last) break;
      const std::string id(status["id"].text());
      if (!is_id(id)) return std::unexpected(malformed("the statuses: one has no id"));
      if (!walk.place.empty() && !is_newer(walk.place, id)) {
        return std::unexpected(malformed("the statuses: a later page is not older"));
      }
      const std::string last(walk.last(id).empty() ? kNoCounts : walk.last(id));
      auto counts = read_own_status(status, last, walk.walked, server_, pull, stop);
      if (!counts) return std::unexpected(std::move(counts.error()));
      if (counts->contains('?')) tried_.insert(id);
      walk.pass(id, *counts == kNoCounts ? "" : *counts);
      walk.place = id;
      if (has_enough(pull)) return true;
    }
    if (!is_last) return true;
    walk.end();
    return std::ranges::any_of(walk.seen, [&](const auto& one) {  // what an earlier reading could not read
      return one.second.contains('?') && !tried_.contains(one.first);
    });
  }

  std::string handle_;
  std::string name_;
  Server server_;
  std::int64_t now_;
  Extent extent_;
  bool has_token_;
  bool has_notifications_ = false;
  std::set<std::string, std::less<>> tried_;  ///< statuses of which something could not be read this time
};

}  // namespace

bool reads_notifications(const Source& source) {
  const auto setting = source.settings.find("notifications");
  return setting != source.settings.end() && setting->second == "yes";
}

Result<std::unique_ptr<Connector>> make_connector(const Source& source, const Access& access) {
  auto address = address_of(source);
  if (!address) return address.error();
  return std::unique_ptr<Connector>(
      std::make_unique<Mastodon>(std::move(*address), access, reads_notifications(source)));
}

}  // namespace renown::connect::mastodon
