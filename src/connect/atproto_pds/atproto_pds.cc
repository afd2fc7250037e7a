#include "connect/atproto_pds/atproto_pds.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "atproto/record_key.h"
#include "base/text.h"
#include "base/time.h"
#include "connect/atproto_pds/place.h"
#include "connect/bluesky_post.h"
#include "connect/settle.h"
#include "connect/steps.h"
#include "connect/xrpc.h"
#include "ingest/jetstream/jetstream_event.h"
#include "net/url.h"

namespace renown::connect::atproto_pds {
namespace {

constexpr std::array<std::string_view, 4> kCollections = {"app.bsky.feed.post", "app.bsky.feed.like",
                                                          "app.bsky.feed.repost", "app.bsky.graph.follow"};
constexpr int kMostSteps = 30;  ///< of a piece

/// The server's clock and ours may differ; what is read twice is the same row.
constexpr std::int64_t kSlack = 3'600;

/// In the place of a repository: all of the page were read.
constexpr const char* kEnd = "end";

struct Repo {
  std::string did;
  std::int64_t changed = -1;  ///< unix seconds, when its last commit was made; -1: not known
};

/// One page of the list of repositories.
struct RepoPage {
  std::string asked;  ///< the cursor it was asked for with
  std::vector<Repo> repos;
  std::string next;  ///< empty: it is the last
};

using Stop = const std::stop_token&;

class Pds final : public Connector {
 public:
  Pds(const Source& source, const Access& access)
      : access_(access), server_(source.server), account_(source.account.account) {}

  std::expected<Pull, Problem> pull(std::string_view cursor, std::stop_token stop) override {
    auto place = read_place(cursor);
    if (!place) return std::unexpected(place.error());
    if (std::exchange(is_fresh_, false)) has_inherited_ = place->partly;
    if (place->began == 0) {
      place->began = std::max<std::int64_t>(access_.now, 1);
      page_.reset();  // it may have changed since the last reading
    }
    const std::string at_first = write_place(*place);
    return pull_by_steps(
        at_first, kMostSteps,
        [&](Pull& pull) -> std::expected<bool, Problem> {
          if (auto stepped = step(*place, pull, stop); !stepped) return std::unexpected(std::move(stepped.error()));
          return pull.more;
        },
        [&] { return write_place(*place); });
  }

 private:
  /// Reads one page of records, or passes on to the next repository or page of repositories.
  std::expected<void, Problem> step(Place& place, Pull& pull, Stop stop) {
    if (auto there = have_page(place.repos, pull, stop); !there) return there;
    auto repo = std::ranges::find(page_->repos, place.did, &Repo::did);
    if (repo == page_->repos.end() && place.did != kEnd) repo = page_->repos.begin();
    if (repo == page_->repos.end()) {
      finish_page(place, pull);
      return {};
    }
    const bool unchanged = repo->changed >= 0 && repo->changed < place.since - kSlack;
    if (unchanged || place.collection >= kCollections.size()) {
      pass_on(place, repo);
      return {};
    }
    place.did = repo->did;
    auto next = read_records(place, pull, stop);
    if (!next) return skip(std::move(next.error()), place, pull, repo);
    if (*next == place.page && !next->empty()) {
      return skip({ProblemKind::malformed, fmt::format("the records of {} lead in circles", repo->did)}, place, pull,
                  repo);
    }
    place.page = std::move(*next);
    if (place.page.empty()) ++place.collection;
    return {};
  }

  /// A repository that is not to be had does not hold up the others.
  std::expected<void, Problem> skip(Problem problem, Place& place, Pull& pull,
                                    std::vector<Repo>::const_iterator repo) const {
    const bool is_lost = problem.kind == ProblemKind::not_found || problem.kind == ProblemKind::gone;
    if (!concerns_part(problem.kind)) return std::unexpected(std::move(problem));
    place.partly = place.partly || !is_lost;
    pull.skipped.push_back(std::move(problem));
    pass_on(place, repo);
    return {};
  }

  void pass_on(Place& place, std::vector<Repo>::const_iterator repo) const {
    place.collection = 0;
    place.page.clear();
    place.did = ++repo == page_->repos.end() ? kEnd : repo->did;
  }

  void finish_page(Place& place, Pull& pull) {
    place.did.clear();
    place.collection = 0;
    place.page.clear();
    place.repos = page_->next;
    if (!place.repos.empty()) return;
    pull.more = std::exchange(has_inherited_, false);  // once more, for what an earlier reading skipped
    place = {.since = place.partly ? place.since : place.began};
  }

  std::expected<void, Problem> have_page(const std::string& cursor, Pull& pull, Stop stop) {
    if (page_ && page_->asked == cursor) return {};
    if (!account_.empty()) {
      page_ = RepoPage{.asked = cursor, .repos = {{.did = account_}}, .next = {}};
      return {};
    }
    const std::string what = fmt::format("the repositories of {}", server_);
    const auto answer =
        ask_xrpc(access_.http, xrpc_url(server_, "com.atproto.sync.listRepos", {{"limit", "500"}, {"cursor", cursor}}),
                 what, stop);
    if (!answer) return std::unexpected(answer.error());
    const io::JsonValue list = answer->root["repos"];
    if (!list.is_array()) return std::unexpected(Problem{ProblemKind::malformed, what + ": the answer has no list"});
    RepoPage page{.asked = cursor, .repos = {}, .next = std::string(answer->root["cursor"].text())};
    if (page.next == cursor && !cursor.empty()) {
      return std::unexpected(Problem{ProblemKind::malformed, what + ": its pages lead in circles"});
    }
    for (const io::JsonValue repo : list.elements()) {
      const std::string_view did = repo["did"].text();
      if (!did.starts_with("did:")) {
        count_bad(pull.report, what, "a repository without a did");
      } else if (repo["active"].boolean() == false) {
        ++pull.report.records;
        pull.report.leave_out("a repository that its server does not give out");
      } else {
        page.repos.push_back({std::string(did), atproto::time_in_key(repo["rev"].text())});
      }
    }
    page_ = std::move(page);
    return {};
  }

  /// returns  the cursor of the page behind; empty where there is none, or none that is new
  std::expected<std::string, Problem> read_records(const Place& place, Pull& pull, Stop stop) {
    const std::string_view collection = kCollections[place.collection];
    const std::string what = fmt::format("the records of {} in {}", place.did, collection);
    const auto answer =
        ask_xrpc(access_.http,
                 xrpc_url(server_, "com.atproto.repo.listRecords",
                          {{"repo", place.did}, {"collection", collection}, {"limit", "100"}, {"cursor", place.page}}),
                 what, stop);
    if (!answer) return std::unexpected(answer.error());
    const io::JsonValue list = answer->root["records"];
    if (!list.is_array()) return std::unexpected(Problem{ProblemKind::malformed, what + ": the answer has no list"});
    bool any_new = list.elements().empty();  // servers may leave out all of a page
    for (const io::JsonValue entry : list.elements()) {
      const std::string_view rkey = key_in(entry["uri"].text(), place.did, collection);
      const std::int64_t made = atproto::time_in_key(rkey);
      any_new = any_new || made < 0 || made >= place.since - kSlack;
      take(place.did, collection, rkey, made, entry["value"], pull);
    }
    // The newest come first, as long as their keys are time-stamps.
    return any_new ? std::string(answer->root["cursor"].text()) : std::string();
  }

  /// made  what its key says; -1: nothing. Then it is when its client says, and there is no telling whether a stream
  ///       that saw the record says the same.
  void take(std::string_view did, std::string_view collection, std::string_view rkey, std::int64_t made,
            io::JsonValue content, Pull& pull) {
    const std::string place = fmt::format("{}/{}/{}", did, collection, base::shorten(base::printable(rkey), 100));
    if (rkey.empty()) return count_bad(pull.report, place, "a record whose uri is not its own");
    auto time = made >= 0 ? Result<std::int64_t>(made) : base::parse_time(content["createdAt"].text());
    if (!time) return count_bad(pull.report, place, time.error().message);
    record_.clear();
    const auto read = ingest::jetstream::read_created(did, collection, rkey, *time, content, record_);
    if (!read) return count_bad(pull.report, place, read.error().message);
    settle(record_, made >= 0 ? pull.dated : pull.undated, pull.report, place);
    if (!account_.empty() && collection == kCollections[0])
      pull.posts.push_back(bluesky_post(did, rkey, *time, content));
  }

  Access access_;
  std::string server_;
  std::string account_;         ///< empty: all of the server
  bool is_fresh_ = true;        ///< nothing was pulled yet
  bool has_inherited_ = false;  ///< the reading was begun by an earlier one, which skipped something
  std::optional<RepoPage> page_;
  ingest::Record record_;
};

}  // namespace

Result<std::unique_ptr<Connector>> make_connector(const Source& source, const Access& access) {
  const std::string& account = source.account.account;
  if (source.account.network != "bluesky" || (!account.empty() && !account.starts_with("did:"))) {
    return Error{ErrorCode::usage, "repositories are those of the network bluesky: name no account, or one by its DID"};
  }
  const auto url = net::Url::parse(source.server);
  if (!url || url->target() != "/") {
    return Error{ErrorCode::usage, "name the server that has the repositories, like https://pds.example"};
  }
  return std::unique_ptr<Connector>(std::make_unique<Pds>(source, access));
}

}  // namespace renown::connect::atproto_pds
