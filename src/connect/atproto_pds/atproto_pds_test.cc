#include "connect/atproto_pds/atproto_pds.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "connect/atproto_pds/place.h"
#include "connect/fault_matrix.h"
#include "connect/testing.h"

namespace renown::connect::atproto_pds {
namespace {

using connect::test::Texts;
using connect::test::Whole;
using net::test::reply;
using net::test::Seen;

constexpr std::int64_t kMade = 1'725'911'162;  ///< what kKey says
constexpr std::string_view kKey = "3l3qo2vxaaw23";
constexpr std::string_view kLater = "3l3qo2zqaaw23";  ///< four seconds later

/// A server with three accounts on two pages, and records on two.
struct Server {
  std::string gone = {};  ///< of this account nothing is given out
  std::string mad = {};   ///< of this account something is that is no list

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
    if (!mad.empty() && parameter(seen, "repo") == mad) return reply(R"({"records":7})");
    const auto body = page(seen, {});
    return body ? reply(*body) : reply(R"({"error":"InvalidRequest"})", "", "400 Bad Request");
  }
};

Texts sorted(Texts texts) {
  std::ranges::sort(texts);
  return texts;
}

class PdsTest : public testing::Test {
 protected:
  Whole read(std::int64_t now, const std::string& account = "") {
    std::size_t answered = 0;
    net::test::TestServer server([&](const Seen& seen, net::test::Connection& connection) {
      connection.send(answered++ < most_ ? server_.answer(seen) : reply("{}", "", "401 Unauthorized"));
    });
    connect::test::Reach reach(server);
    const auto made = make_connector({.account = {"bluesky", account}, .server = server.url("")}, reach.access(now));
    EXPECT_TRUE(made);
    Whole whole = connect::test::read_whole(**made, cursor_);
    cursor_ = whole.cursor;
    requests_ = server.seen().size();
    return whole;
  }

  Server server_;
  std::string cursor_;
  std::size_t requests_ = 0;  ///< of the last reading
  std::size_t most_ = 1'000;  ///< requests of a reading that are answered
};

const std::string kLike =
    " like did:plc:ann -> did:plc:cat post=at://did:plc:cat/app.bsky.feed.post/p1 id=app.bsky.feed.like/";
const std::string kBob =
    "did:plc:bob post=at://did:plc:bob/app.bsky.feed.post/3l3qo2vxaaw23 id=app.bsky.feed.post/3l3qo2vxaaw23";

TEST_F(PdsTest, what_the_accounts_of_a_server_did) {
  const Whole got = read(kMade + 86'400);
  EXPECT_EQ(
      got.dated,
      sorted({"1725911166" + kLike + "3l3qo2zqaaw23", "1725911162" + kLike + "3l3qo2vxaaw23", "1725911162 post " + kBob,
              "1725911162 reply did:plc:bob -> did:plc:ann post=at://did:plc:ann/app.bsky.feed.post/a1 "
              "id=app.bsky.feed.post/3l3qo2vxaaw23"}));
  EXPECT_EQ(got.undated, (Texts{"1725840000" + kLike + "by-hand"})) << "when its client says";
  EXPECT_TRUE(got.skipped.empty() && !got.problem && got.posts.empty());
  EXPECT_EQ(got.left_out.at("a repository that its server does not give out"), 1u);
  EXPECT_EQ(requests_, 2u + 5 + 4);
}

TEST_F(PdsTest, repositories_without_a_new_commit_are_not_asked_for_again) {
  read(kMade + 86'400);
  read(kMade + 2 * 86'400);
  EXPECT_EQ(requests_, 2u);
}

TEST_F(PdsTest, one_account_with_its_posts) {
  const Whole got = read(kMade + 86'400, "did:plc:bob");
  EXPECT_EQ(got.dated.size(), 2u);
  EXPECT_EQ(requests_, 4u);
  ASSERT_EQ(got.posts.size(), 1u);
  EXPECT_EQ(got.posts[0].text, "hi");
}

TEST_F(PdsTest, a_repository_that_is_not_there_does_not_hold_up_the_others) {
  server_.gone = "did:plc:ann";
  const Whole got = read(kMade + 86'400);
  ASSERT_EQ(got.skipped.size(), 1u);
  EXPECT_EQ(got.skipped[0].kind, ProblemKind::not_found);
  EXPECT_EQ(got.dated.size(), 2u);
}

TEST_F(PdsTest, a_repository_that_makes_no_sense_does_not_hold_up_the_others) {
  server_.mad = "did:plc:ann";
  const Whole got = read(kMade + 86'400);
  EXPECT_FALSE(got.problem) << got.problem->sentence;
  ASSERT_EQ(got.skipped.size(), 1u);
  EXPECT_EQ(got.skipped[0].kind, ProblemKind::malformed);
  EXPECT_EQ(got.dated.size(), 2u);
  server_.mad.clear();
  EXPECT_EQ(read(kMade + 2 * 86'400).dated.size(), 4u) << "it is asked again";
}

TEST_F(PdsTest, a_server_that_answers_few_requests_at_a_time_is_read_to_its_end_nevertheless) {
  const Texts wanted = read(kMade + 86'400).dated;
  cursor_.clear();
  most_ = 3;
  Texts got;
  bool is_whole = false;
  for (int reading = 0; reading < 20 && !is_whole; ++reading) {
    const Whole part = read(kMade + 86'400);
    is_whole = !part.problem;
    got.insert(got.end(), part.dated.begin(), part.dated.end());
  }
  EXPECT_TRUE(is_whole) << "what was read before the server refused must stand";
  std::ranges::sort(got);
  got.erase(std::ranges::unique(got).begin(), got.end());  // equal rows are one
  EXPECT_EQ(got, wanted);
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
