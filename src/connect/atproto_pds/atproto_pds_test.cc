#include "connect/atproto_pds/atproto_pds.h"

#include <map>
#include <set>

#include <gtest/gtest.h>

#include "connect/atproto_pds/place.h"
#include "connect/fault_matrix.h"
#include "connect/reading.h"
#include "ingest/read_all.h"

namespace renown::connect::atproto_pds {
namespace {

using net::test::reply;
using net::test::Seen;
using Rows = std::multiset<std::string>;

constexpr std::int64_t kMade = 1'725'911'162;  ///< what kKey says
constexpr std::string_view kKey = "3l3qo2vxaaw23";
constexpr std::string_view kLater = "3l3qo2zqaaw23";  ///< four seconds later

/// A server with three accounts on two pages, and records on two.
struct Server {
  std::string gone = {};  ///< of this account nothing is given out

  static std::string repo(std::string_view did, std::string_view rev, std::string_view active = "true") {
    return fmt::format(R"({{"did":"{}","head":"b","rev":"{}","active":{}}})", did, rev, active);
  }
  static std::string record(std::string_view did, std::string_view collection, std::string_view key,
                            std::string_view value) {
    return fmt::format(R"({{"uri":"at://{}/{}/{}","cid":"b","value":{}}})", did, collection, key, value);
  }
  static std::string parameter(const Seen& seen, const std::string& name) {
    std::size_t at = seen.target.find(name + "=");
    if (at == std::string::npos) return "";
    at += name.size() + 1;
    std::string value = seen.target.substr(at, seen.target.find('&', at) - at);
    for (std::size_t colon = 0; (colon = value.find("%3A")) != std::string::npos;) value.replace(colon, 3, ":");
    return value;
  }

  static std::optional<std::string> page(const Seen& seen, std::optional<std::string> next) {
    const std::string cursor = parameter(seen, "cursor");
    const auto more = [&](std::string_view own) {
      return next ? fmt::format(R"(,"cursor":"{}")", *next) : own.empty() ? "" : fmt::format(R"(,"cursor":"{}")", own);
    };
    if (seen.target.starts_with("/xrpc/com.atproto.sync.listRepos?")) {
      if (cursor.empty())
        return fmt::format(R"({{"repos":[{},{}]{}}})", repo("did:plc:ann", kLater),
                           repo("did:plc:off", kLater, "false"), more("repos-2"));
      if (cursor == "repos-2" || next) return fmt::format(R"({{"repos":[{}]{}}})", repo("did:plc:bob", kKey), more(""));
      return std::nullopt;
    }
    if (!cursor.empty() && cursor != "likes-2" && !next) return std::nullopt;  // one that it never gave
    const std::string did = parameter(seen, "repo");
    const std::string collection = parameter(seen, "collection");
    const std::string like =
        R"({"subject":{"uri":"at://did:plc:cat/app.bsky.feed.post/p1"},"createdAt":"2024-09-09T00:00:00Z"})";
    if (collection == "app.bsky.feed.like" && did == "did:plc:ann") {
      if (cursor.empty())
        return fmt::format(R"({{"records":[{}]{}}})", record(did, collection, kLater, like), more("likes-2"));
      return fmt::format(R"({{"records":[{},{}]{}}})", record(did, collection, kKey, like),
                         record(did, collection, "by-hand", like), more(""));
    }
    if (collection == "app.bsky.feed.post" && did == "did:plc:bob") {
      return fmt::format(R"({{"records":[{}]{}}})",
                         record(did, collection, kKey,
                                R"({"text":"hi","reply":{"parent":{"uri":"at://did:plc:ann/app.bsky.feed.post/a1"}}})"),
                         more(""));
    }
    return fmt::format(R"({{"records":[]{}}})", more(""));
  }

  std::string answer(const Seen& seen) const {
    if (!gone.empty() && parameter(seen, "repo") == gone) {
      return reply(R"({"error":"InvalidRequest","message":"Could not find repo: x"})", "", "400 Bad Request");
    }
    const auto body = page(seen, {});
    return body ? reply(*body) : reply(R"({"error":"InvalidRequest"})", "", "400 Bad Request");
  }
};

struct Got {
  Rows rows;
  Rows undated;
  std::vector<Post> posts;
  std::vector<Problem> problems;
  std::size_t requests = 0;
  model::ReadReport report;
};

class PdsTest : public testing::Test {
 protected:
  Got read(std::int64_t now, std::string account = "") {
    net::test::TestServer server(
        [&](const Seen& seen, net::test::Connection& connection) { connection.send(server_.answer(seen)); });
    net::FetchOptions options;
    options.guard = *net::AddressGuard::allowing({server.at()});
    net::Fetcher http(options);
    auto connector =
        make_connector({.account = {"bluesky", std::move(account)}, .server = server.url("")}, {http, {}, now});
    EXPECT_TRUE(connector);
    Got got;
    Reading reading(**connector, place_);
    while (!reading.ended()) {
      auto pull = reading.next({});
      if (!pull) {
        got.problems.push_back(pull.error());
        break;
      }
      for (std::size_t i = 0; i < pull->dated.size(); ++i) got.rows.insert(ingest::shown(pull->dated[i]));
      for (std::size_t i = 0; i < pull->undated.size(); ++i) got.undated.insert(ingest::shown(pull->undated[i]));
      got.posts.insert(got.posts.end(), pull->posts.begin(), pull->posts.end());
      got.problems.insert(got.problems.end(), pull->skipped.begin(), pull->skipped.end());
      for (const auto& [reason, count] : pull->report.left_out) got.report.left_out[reason] += count;
      got.report.bad += pull->report.bad;
      place_ = reading.place();
    }
    got.requests = server.seen().size();
    return got;
  }

  Server server_;
  connect::Place place_;
};

const std::string kLike =
    " like bluesky did:plc:ann -> did:plc:cat post=at://did:plc:cat/app.bsky.feed.post/p1 id=app.bsky.feed.like/";
const std::string kBob =
    "did:plc:bob post=at://did:plc:bob/app.bsky.feed.post/3l3qo2vxaaw23 id=app.bsky.feed.post/3l3qo2vxaaw23";

TEST_F(PdsTest, what_the_accounts_of_a_server_did) {
  const Got got = read(kMade + 86'400);
  EXPECT_EQ(got.rows,
            (Rows{"1725911166" + kLike + "3l3qo2zqaaw23", "1725911162" + kLike + "3l3qo2vxaaw23",
                  "1725911162 post bluesky " + kBob,
                  "1725911162 reply bluesky did:plc:bob -> did:plc:ann post=at://did:plc:ann/app.bsky.feed.post/a1 "
                  "id=app.bsky.feed.post/3l3qo2vxaaw23"}));
  EXPECT_EQ(got.undated, (Rows{"1725840000" + kLike + "by-hand"})) << "when its client says";
  EXPECT_TRUE(got.problems.empty() && got.posts.empty());
  EXPECT_EQ(got.report.left_out.at("a repository that its server does not give out"), 1u);
  EXPECT_EQ(got.requests, 2u + 5 + 4);
}

TEST_F(PdsTest, repositories_without_a_new_commit_are_not_asked_for_again) {
  read(kMade + 86'400);
  EXPECT_EQ(read(kMade + 2 * 86'400).requests, 2u);
}

TEST_F(PdsTest, one_account_with_its_posts) {
  const Got got = read(kMade + 86'400, "did:plc:bob");
  EXPECT_EQ(got.rows.size(), 2u);
  EXPECT_EQ(got.requests, 4u);
  ASSERT_EQ(got.posts.size(), 1u);
  EXPECT_EQ(got.posts[0].text, "hi");
}

TEST_F(PdsTest, a_repository_that_is_not_there_does_not_hold_up_the_others) {
  server_.gone = "did:plc:ann";
  const Got got = read(kMade + 86'400);
  ASSERT_EQ(got.problems.size(), 1u);
  EXPECT_EQ(got.problems[0].kind, ProblemKind::not_found);
  EXPECT_EQ(got.rows.size(), 2u);
}

TEST(Pds, is_set_up_with_a_server) {
  net::Fetcher http({});
  for (const Source& source :
       {Source{.account = {"bluesky", ""}, .server = ""}, Source{.account = {"bluesky", ""}, .server = "pds.example"},
        Source{.account = {"bluesky", "ann.test"}, .server = "https://pds.example"},
        Source{.account = {"mastodon", ""}, .server = "https://pds.example"}}) {
    const auto made = make_connector(source, {http, {}, 1});
    ASSERT_FALSE(made);
    EXPECT_EQ(made.error().code, ErrorCode::usage);
  }
}

TEST(Pds, faults) {
  const Server server;
  const connect::test::Subject subject{
      .make =
          [](const std::string& base, const Access& access) {
            return std::move(*make_connector({.account = {"bluesky", ""}, .server = base}, access));
          },
      .healthy = [&](const Seen& seen, const std::string&) { return server.answer(seen); },
      .page = [&](const Seen& seen, const std::string&, const std::string& next) -> std::optional<std::string> {
        const auto body = Server::page(seen, next);
        return body ? std::optional(reply(*body)) : std::nullopt;
      }};
  EXPECT_EQ(connect::test::fault_findings(subject), std::vector<std::string>{});
}

TEST(PdsPlace, is_written_and_read) {
  const Place place{.since = 7,
                    .began = 8,
                    .partly = true,
                    .repos = "a \"cursor\"",
                    .did = "did:plc:ann",
                    .collection = 2,
                    .page = "x"};
  const auto read = read_place(write_place(place));
  ASSERT_TRUE(read);
  EXPECT_EQ(write_place(*read), write_place(place));
  for (const char* bad : {"x", "{}", "[]", R"({"since":1})"}) EXPECT_FALSE(read_place(bad)) << bad;
}

}  // namespace
}  // namespace renown::connect::atproto_pds
