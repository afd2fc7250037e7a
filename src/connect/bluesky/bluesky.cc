#include "connect/bluesky/bluesky.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "connect/bluesky/notices.h"
#include "connect/bluesky/parts.h"
#include "connect/bluesky/place.h"
#include "connect/bluesky/post_view.h"
#include "connect/bluesky_post.h"
#include "connect/settle.h"
#include "connect/xrpc.h"
#include "net/url.h"

namespace renown::connect::bluesky {
namespace {

constexpr std::size_t kRows = 2'000;   ///< after which a piece ends
constexpr std::size_t kRequests = 30;  ///< likewise

/// The AppView's clock and ours may differ, and it sees acts late; what is read twice is the same row.
constexpr std::int64_t kSlack = 3'600;

/// A post of the account.
struct OwnPost {
  std::string key;
  std::string address;
  std::int64_t time = 0;  ///< unix seconds
  Counts counts = {};
};

/// One page of the account's feed.
struct FeedPage {
  std::string asked;  ///< the cursor it was asked for with
  std::vector<OwnPost> posts;
  std::string next;  ///< empty: it is the last
};

using Stop = const std::stop_token&;
using Done = std::expected<void, Problem>;

Done malformed(std::string sentence) {
  return std::unexpected(Problem{ProblemKind::malformed, std::move(sentence)});
}

bool contains(const std::vector<Counted>& posts, std::string_view key) {
  return std::ranges::find(posts, key, &Counted::first) != posts.end();
}

/// The server's cursors may not outlive the day, and AppViews answer one that they do not know by status 500. So where
/// a reading is taken up again and fails, its pages are begun anew before anything is said.
bool is_perhaps_of_a_cursor(const Problem& problem) {
  return problem.kind == ProblemKind::unavailable || problem.kind == ProblemKind::malformed;
}

class Bluesky final : public Connector {
 public:
  Bluesky(const Source& source, const Access& access)
      : access_(access),
        server_(source.server.empty() ? std::string(kAppView) : source.server),
        service_(source.server.empty() ? kAppViewService : std::string_view{}),
        account_(source.account.account) {
    const auto setting = source.settings.find("notifications");
    has_notices_ = setting != source.settings.end() && setting->second == "yes";
  }

  std::expected<Pull, Problem> pull(std::string_view cursor, std::stop_token stop) override {
    auto place = read_place(cursor);
    if (!place) return std::unexpected(place.error());
    Pull pull;
    const bool begins = place->began == 0;
    if (begins || did_.empty()) {
      if (auto read = read_profile(pull, stop); !read) return std::unexpected(read.error());
    }
    if (begins) {
      place->began = std::max<std::int64_t>(access_.now, 1);
      feed_.reset();  // it may have changed since the last reading
    }
    pull.more = true;
    bool may_rewind = std::exchange(is_fresh_, false) && !begins;
    const auto rows = [&] { return pull.dated.size() + pull.undated.size(); };
    for (std::size_t requests = 0; pull.more && requests < kRequests && rows() < kRows;) {
      auto asked = step(*place, pull, stop);
      if (!asked && may_rewind && is_perhaps_of_a_cursor(asked.error())) {
        may_rewind = false;
        place->rewind();
        asked = true;
      }
      if (!asked) return std::unexpected(asked.error());
      requests += *asked ? 1 : 0;
    }
    pull.cursor = write_place(*place);
    return pull;
  }

 private:
  /// Reads one page of one part of a post, or passes on to what comes next.
  /// returns  whether anything was asked
  std::expected<bool, Problem> step(Place& place, Pull& pull, Stop stop) {
    if (has_notices_ && place.noted < place.began) return read_notices_on(place, pull, stop);
    if (!feed_ || feed_->asked != place.feed) {
      if (auto read = read_feed(place, pull, stop); !read) return std::unexpected(read.error());
      return true;
    }
    auto post = std::ranges::find(feed_->posts, place.post, &OwnPost::key);
    if (post == feed_->posts.end()) {
      post = feed_->posts.begin();
      place.part = 0;
      place.page.clear();
    }
    if (post == feed_->posts.end()) {
      finish_feed(place, pull);
      return false;
    }
    place.post = post->key;
    const Counts before = place.last_counts(post->key);
    while (place.part < kParts && is_unchanged(*post, before, place.part)) ++place.part;
    if (place.part < kParts) return read_on(place, *post, before, pull, stop);
    place.finish_post(post->key, post->counts);
    if (++post == feed_->posts.end()) {
      finish_feed(place, pull);
    } else {
      place.post = post->key;
    }
    return false;
  }

  /// Before all else: of a repost that is dated, the undated one is not added.
  std::expected<bool, Problem> read_notices_on(Place& place, Pull& pull, Stop stop) {
    std::expected<std::string, Problem> next =
        std::unexpected(Problem{ProblemKind::unauthorized, "the notifications: log in (renown connect add --log-in)"});
    if (!access_.token_server.empty()) {
      next = read_notices(access_.http,
                          {.server = access_.token_server,
                           .service = service_,
                           .did = did_,
                           .read_until = std::max<std::int64_t>(place.noted - kSlack, 0),
                           .cursor = place.notices},
                          pull, stop);
    }
    if (next) {
      place.notices = std::move(*next);
      if (place.notices.empty()) place.noted = place.began;
      return true;
    }
    const ProblemKind kind = next.error().kind;
    const bool is_barred = kind == ProblemKind::unauthorized || kind == ProblemKind::forbidden;
    if (!is_barred) return std::unexpected(std::move(next.error()));
    pull.skipped.push_back(std::move(next.error()));  // what everybody may see is read all the same
    place.notices.clear();
    has_notices_ = false;
    return true;
  }

  static bool is_unchanged(const OwnPost& post, const Counts& before, std::size_t part) {
    return before[part] < 0 ? post.counts[part] == 0 : post.counts[part] == before[part];
  }

  std::expected<bool, Problem> read_on(Place& place, const OwnPost& post, const Counts& before, Pull& pull, Stop stop) {
    const bool is_known = before[place.part] >= 0;
    auto next = read_part(access_.http,
                          {.server = server_,
                           .did = did_,
                           .address = post.address,
                           .post_time = post.time,
                           .part = static_cast<Part>(place.part),
                           .read_until = is_known ? std::max<std::int64_t>(place.since - kSlack, 0) : 0,
                           .cursor = place.page},
                          pull, stop);
    if (!next) {
      const ProblemKind kind = next.error().kind;
      const bool is_lost = kind == ProblemKind::not_found || kind == ProblemKind::gone;
      if (!is_lost && kind != ProblemKind::forbidden) return std::unexpected(std::move(next.error()));
      pull.skipped.push_back(std::move(next.error()));
      place.failed |= std::uint64_t{1} << place.part;
    }
    place.page = next ? std::move(*next) : std::string();
    if (place.page.empty()) ++place.part;
    return true;
  }

  /// Older posts than the newest kMostPosts are not looked at.
  void finish_feed(Place& place, Pull& pull) const {
    place.feed = feed_->next;
    place.post.clear();
    if (!place.feed.empty() && place.seen.size() < kMostPosts) return;
    pull.more = false;
    place = {.since = place.began, .noted = place.noted, .known = std::move(place.seen)};
  }

  Done read_feed(const Place& place, Pull& pull, Stop stop) {
    const std::string what = fmt::format("the posts of {}", account_);
    const auto answer = ask_xrpc(
        access_.http,
        xrpc_url(server_, "app.bsky.feed.getAuthorFeed",
                 {{"actor", did_}, {"filter", "posts_with_replies"}, {"limit", "100"}, {"cursor", place.feed}}),
        what, stop);
    if (!answer) return std::unexpected(answer.error());
    const io::JsonValue list = answer->root["feed"];
    if (!list.is_array()) return malformed(what + ": the answer has no list");
    FeedPage page{.asked = place.feed, .posts = {}, .next = std::string(answer->root["cursor"].text())};
    if (page.next == place.feed && !page.next.empty()) return malformed(what + ": its pages lead in circles");
    for (const io::JsonValue item : list.elements()) take_item(item, what, place, page, pull);
    const auto was_seen = [&](const OwnPost& post) { return contains(place.seen, post.key); };
    if (!page.posts.empty() && std::ranges::all_of(page.posts, was_seen)) {
      return malformed(what + ": its pages lead in circles");
    }
    feed_ = std::move(page);
    return {};
  }

  /// A post of the account's own, which counts where it was not read before; what it reposted stands in its feed too.
  void take_item(io::JsonValue item, const std::string& what, const Place& place, FeedPage& page, Pull& pull) {
    const io::JsonValue view = item["post"];
    record_.clear();
    const auto post = read_post(view, record_);
    if (!post) return count_bad(pull.report, what, post.error().message);
    if (post->did != did_ || item["reason"].is_object()) {
      ++pull.report.records;
      return pull.report.leave_out("a post of somebody else in the account's feed");
    }
    OwnPost own{std::string(post->key), std::string(post->address), post->time, {}};
    for (std::size_t i = 0; i < kParts; ++i) {
      constexpr std::array<std::string_view, kParts> kNames = {"likeCount", "repostCount", "quoteCount", "replyCount"};
      const auto count = view[kNames[i]].integer();
      if (!count || *count < 0) return count_bad(pull.report, what, fmt::format("a post without {}", kNames[i]));
      own.counts[i] = *count;
    }
    if (!contains(place.known, own.key) && !contains(place.seen, own.key)) {
      settle(record_, pull.dated, pull.report, own.address);
      pull.posts.push_back(bluesky_post(post->did, post->key, post->time, view["record"]));
    }
    page.posts.push_back(std::move(own));
  }

  /// Who the account is today: its DID too, which outlives its handle.
  Done read_profile(Pull& pull, Stop stop) {
    const std::string what = fmt::format("the profile of {}", account_);
    const auto answer =
        ask_xrpc(access_.http, xrpc_url(server_, "app.bsky.actor.getProfile", {{"actor", account_}}), what, stop);
    if (!answer) return std::unexpected(answer.error());
    const io::JsonValue root = answer->root;
    const std::string_view did = root["did"].text();
    if (!did.starts_with("did:") || (account_.starts_with("did:") && did != account_)) {
      return malformed(what + ": the answer is about somebody else");
    }
    did_ = did;
    const auto text = [&](std::string_view name) {
      return root[name].is_string() ? std::optional(std::string(root[name].text())) : std::nullopt;
    };
    people::Profile profile;
    profile.account = {"bluesky", did_};
    profile.handle = text("handle").value_or(did_);
    // What an account has not filled in is missing from the answer: that is known, and empty.
    profile.name = text("displayName").value_or("");
    profile.bio = text("description").value_or("");
    profile.picture = root["avatar"].is_string();
    pull.profiles.push_back({std::move(profile), answer->response.body});
    return {};
  }

  Access access_;
  std::string server_;
  std::string service_;       ///< the AppView's name, where the account's server is to ask that one
  std::string account_;       ///< as it was given
  std::string did_;           ///< empty until the profile was read
  bool is_fresh_ = true;      ///< nothing was pulled yet
  bool has_notices_ = false;  ///< the account's notifications are read, too
  std::optional<FeedPage> feed_;
  ingest::Record record_;
};

}  // namespace

Result<std::unique_ptr<Connector>> make_connector(const Source& source, const Access& access) {
  const std::string& account = source.account.account;
  if (source.account.network != "bluesky" || account.empty() || account.find_first_of("@/ ") != std::string::npos ||
      account.find_first_of(".:") == std::string::npos) {
    return Error{ErrorCode::usage, "name an account of the network bluesky by its handle or DID, like ann.bsky.social"};
  }
  const auto url = net::Url::parse(source.server.empty() ? kAppView : source.server);
  if (!url || url->target() != "/") {
    return Error{ErrorCode::usage, fmt::format("the server is an AppView's address, like {}", kAppView)};
  }
  return std::unique_ptr<Connector>(std::make_unique<Bluesky>(source, access));
}

}  // namespace renown::connect::bluesky
