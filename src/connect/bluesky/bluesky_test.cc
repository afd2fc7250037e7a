#include "connect/bluesky/bluesky.h"

#include <map>
#include <set>

#include <gtest/gtest.h>

#include "connect/bluesky/place.h"
#include "connect/fault_matrix.h"
#include "connect/reading.h"
#include "ingest/read_all.h"

namespace renown::connect::bluesky {
namespace {

using net::test::reply;
using net::test::Seen;
using Rows = std::multiset<std::string>;

constexpr std::string_view kAnn = "did:plc:ann";

std::string address(std::string_view did, std::string_view key) {
  return fmt::format("at://{}/app.bsky.feed.post/{}", did, key);
}

/// A small AppView: one account with three posts on two pages.
struct AppView {
  /// Who did what to post p1, p2, p3; tests add to it.
  std::map<std::string, std::vector<std::string>> likes = {{"p1", {"bob", "cat", "dan"}}, {"p2", {"bob"}}, {"p3", {}}};
  std::map<std::string, std::vector<std::string>> reposts = {{"p1", {"cat"}}};
  std::map<std::string, std::vector<std::string>> quotes = {{"p2", {"dan"}}};
  std::map<std::string, std::vector<std::string>> replies = {{"p1", {"eve"}}};
  std::string refused = {};  ///< of this part of an address nothing is given out

  /// A post of somebody, with what it does.
  static std::string view(std::string_view who, std::string_view key, std::string_view does, std::string_view counts) {
    return fmt::format(
        R"({{"uri":"{}","cid":"b","author":{{"did":"did:plc:{}","handle":"{}.test"}},)"
        R"("record":{{"$type":"app.bsky.feed.post","text":"post {}","createdAt":"2031-01-01T00:00:00Z"{}}},)"
        R"("indexedAt":"2026-11-01T10:00:00.000Z"{}}})",
        address(fmt::format("did:plc:{}", who), key), who, who, key, does, counts);
  }

  std::string own_view(const std::string& key) const {
    const auto count = [&](const auto& acts) { return acts.contains(key) ? acts.at(key).size() : 0; };
    return view("ann", key,
                key == "p3" ? R"(,"reply":{"parent":{"uri":"at://did:plc:gus/app.bsky.feed.post/g1"}})" : "",
                fmt::format(R"(,"likeCount":{},"repostCount":{},"quoteCount":{},"replyCount":{})", count(likes),
                            count(reposts), count(quotes), count(replies)));
  }

  /// `more` stands where the cursor does.
  std::string feed(std::string_view cursor, std::string_view more) const {
    std::string items;
    const auto add = [&](const std::string& post, std::string_view around = "") {
      items += fmt::format(R"({}{{"post":{}{}}})", items.empty() ? "" : ",", post, around);
    };
    if (cursor.empty()) {
      add(own_view("p3"));
      add(view("fay", "f1", "", R"(,"likeCount":7,"repostCount":7,"quoteCount":7,"replyCount":7)"),
          R"(,"reason":{"$type":"app.bsky.feed.defs#reasonRepost"})");
      add(own_view("p2"));
    } else {
      add(own_view("p1"));
    }
    return fmt::format(R"({{"feed":[{}]{}}})", items, more);
  }

  std::string like_page(const std::string& key, std::size_t first, std::string_view more) const {
    std::string items;
    const auto& all = likes.at(key);
    for (std::size_t i = first; i < std::min(first + 2, all.size()); ++i) {
      items += fmt::format(
          R"({}{{"indexedAt":"2026-11-0{}T12:00:00.5Z","createdAt":"2031-01-01T00:00:00Z","actor":{{"did":"did:plc:{}"}}}})",
          items.empty() ? "" : ",", 9 - i, all[i]);
    }
    return fmt::format(R"({{"likes":[{}]{}}})", items, more);
  }

  std::string list(const std::map<std::string, std::vector<std::string>>& acts, const std::string& key,
                   std::string_view around, auto item) const {
    std::string items;
    if (acts.contains(key)) {
      for (const std::string& who : acts.at(key)) items += (items.empty() ? "" : ",") + item(who);
    }
    return fmt::format(fmt::runtime(around), items);
  }

  static std::string cursor_of(const Seen& seen) {
    const std::size_t at = seen.target.find("cursor=");
    return at == std::string::npos ? "" : seen.target.substr(at + 7);
  }
  static std::string key_of(const Seen& seen) {
    const std::size_t at = seen.target.find("post%2F");
    return at == std::string::npos ? "" : seen.target.substr(at + 7, 2);
  }
  static bool asks(const Seen& seen, std::string_view method) {
    return seen.target.starts_with(fmt::format("/xrpc/{}?", method));
  }

  /// next  the cursor to the page behind; nothing: what there is
  std::optional<std::string> page(const Seen& seen, std::optional<std::string> next) const {
    const auto more = [&](bool is_last, std::string_view own) {
      return next ? fmt::format(R"(,"cursor":"{}")", *next) : is_last ? "" : fmt::format(R"(,"cursor":"{}")", own);
    };
    const std::string cursor = cursor_of(seen);
    if (asks(seen, "app.bsky.feed.getAuthorFeed")) {
      if (!cursor.empty() && cursor != "feed-2" && !next) return std::nullopt;
      return feed(cursor, more(!cursor.empty(), "feed-2"));
    }
    if (asks(seen, "app.bsky.feed.getLikes")) {
      if (!cursor.empty() && cursor != "likes-2" && !next) return std::nullopt;
      const std::size_t first = cursor.empty() ? 0 : 2;
      return like_page(key_of(seen), first, more(likes.at(key_of(seen)).size() <= first + 2, "likes-2"));
    }
    return std::nullopt;
  }

  std::string answer(const Seen& seen) const {
    if (!refused.empty() && seen.target.find(refused) != std::string::npos) {
      return reply(R"({"error":"BlockedActor","message":"no"})", "", "400 Bad Request");
    }
    if (asks(seen, "app.bsky.actor.getProfile")) {
      return reply(R"({"did":"did:plc:ann","handle":"ann.test","displayName":"Ann","description":"writes",)"
                   R"("labels":[{"src":"did:plc:ann","val":"!no-unauthenticated"}]})");
    }
    if (const auto paged = page(seen, {})) return reply(*paged);
    const std::string key = key_of(seen);
    if (asks(seen, "app.bsky.feed.getRepostedBy")) {
      return reply(list(reposts, key, R"({{"repostedBy":[{}]}})",
                        [](const std::string& who) { return fmt::format(R"({{"did":"did:plc:{}"}})", who); }));
    }
    if (asks(seen, "app.bsky.feed.getQuotes")) {
      return reply(list(quotes, key, R"({{"posts":[{}]}})", [&](const std::string& who) {
        return view(
            who, "q1",
            fmt::format(R"(,"embed":{{"$type":"app.bsky.embed.record","record":{{"uri":"{}"}}}})", address(kAnn, key)),
            "");
      }));
    }
    if (asks(seen, "app.bsky.feed.getPostThread")) {
      return reply(list(
          replies, key,
          R"({{"thread":{{"$type":"app.bsky.feed.defs#threadViewPost","replies":[{},{{"$type":"app.bsky.feed.defs#blockedPost"}}]}}}})",
          [&](const std::string& who) {
            return fmt::format(
                R"({{"$type":"app.bsky.feed.defs#threadViewPost","post":{}}})",
                view(who, "r1", fmt::format(R"(,"reply":{{"parent":{{"uri":"{}"}}}})", address(kAnn, key)), ""));
          }));
    }
    return reply(R"({"error":"InternalServerError"})", "",
                 "500 Internal Server Error");  // as it answers a strange cursor
  }
};

/// What one reading gives.
struct Got {
  Rows rows;
  Rows undated;
  std::vector<Post> posts;
  std::vector<ProfileSeen> profiles;
  std::vector<Problem> problems;
  std::size_t requests = 0;
  model::ReadReport report;
};

class BlueskyTest : public testing::Test {
 protected:
  Got read(std::int64_t now, std::string account = "ann.test") {
    net::test::TestServer server(
        [&](const Seen& seen, net::test::Connection& connection) { connection.send(view_.answer(seen)); });
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
      got.profiles.insert(got.profiles.end(), pull->profiles.begin(), pull->profiles.end());
      got.problems.insert(got.problems.end(), pull->skipped.begin(), pull->skipped.end());
      got.report.records += pull->report.records;
      got.report.bad += pull->report.bad;
      place_ = reading.place();
    }
    got.requests = server.seen().size();
    return got;
  }

  AppView view_;
  connect::Place place_;
};

constexpr std::int64_t kFirst = 1'793'620'800;  // 2026-11-02, after the posts of 1 November

TEST_F(BlueskyTest, who_engages_with_an_account) {
  const Got got = read(kFirst);
  const std::string on1 = " -> did:plc:ann post=at://did:plc:ann/app.bsky.feed.post/p1";
  const std::string on2 = " -> did:plc:ann post=at://did:plc:ann/app.bsky.feed.post/p2";
  EXPECT_EQ(
      got.rows,
      (Rows{"1793527200 post bluesky did:plc:ann post=at://did:plc:ann/app.bsky.feed.post/p1 id=app.bsky.feed.post/p1",
            "1793527200 post bluesky did:plc:ann post=at://did:plc:ann/app.bsky.feed.post/p2 id=app.bsky.feed.post/p2",
            "1793527200 post bluesky did:plc:ann post=at://did:plc:ann/app.bsky.feed.post/p3 id=app.bsky.feed.post/p3",
            "1793527200 reply bluesky did:plc:ann -> did:plc:gus post=at://did:plc:gus/app.bsky.feed.post/g1 "
            "id=app.bsky.feed.post/p3",
            "1794225600 like bluesky did:plc:bob" + on1, "1794139200 like bluesky did:plc:cat" + on1,
            "1794052800 like bluesky did:plc:dan" + on1, "1794225600 like bluesky did:plc:bob" + on2,
            "1793527200 quote bluesky did:plc:dan" + on2 + " id=app.bsky.feed.post/q1",
            "1793527200 reply bluesky did:plc:eve" + on1 + " id=app.bsky.feed.post/r1"}));
  EXPECT_EQ(got.undated, (Rows{"1793527200 repost bluesky did:plc:cat" + on1})) << "at the time of the post";
  EXPECT_TRUE(got.problems.empty());
  EXPECT_EQ(got.report.bad, 0u);
}

TEST_F(BlueskyTest, the_profile_and_the_posts) {
  const Got got = read(kFirst);
  ASSERT_EQ(got.profiles.size(), 1u);
  EXPECT_EQ(got.profiles[0].profile.account, (Account{"bluesky", "did:plc:ann"}));
  EXPECT_EQ(got.profiles[0].profile.handle, "ann.test");
  EXPECT_EQ(got.profiles[0].profile.picture, false);
  EXPECT_NE(got.profiles[0].document.find("!no-unauthenticated"), std::string::npos);
  ASSERT_EQ(got.posts.size(), 3u);
  EXPECT_EQ(got.posts[0], (Post{"bluesky", "at://did:plc:ann/app.bsky.feed.post/p3", "did:plc:ann",
                                "https://bsky.app/profile/did:plc:ann/post/p3", 1793527200, "post p3"}));
}

TEST_F(BlueskyTest, a_day_on_which_nothing_happened_costs_the_profile_and_the_feed) {
  const Got first = read(kFirst);
  EXPECT_EQ(first.requests, 3u + 2 + 1 + 1 + 1 + 1);
  const Got second = read(kFirst + 86'400);
  EXPECT_EQ(second.requests, 3u);
  EXPECT_TRUE(second.rows.empty() && second.undated.empty() && second.posts.empty());
}

TEST_F(BlueskyTest, only_what_changed_is_asked_for_and_only_as_far_as_it_is_new) {
  read(kFirst + 30 * 86'400);  // all likes are older than this
  view_.likes["p1"].insert(view_.likes["p1"].begin(), "hal");
  view_.reposts["p2"] = {"hal"};
  const Got got = read(kFirst + 31 * 86'400);
  EXPECT_EQ(got.requests, 3u + 1 + 1) << "the first page of likes has nothing new, so the next is not asked for";
  EXPECT_EQ(got.undated.size(), 1u);
  EXPECT_TRUE(got.undated.begin()->starts_with(std::to_string(kFirst + 30 * 86'400 - 3600) + " repost"))
      << *got.undated.begin();
}

TEST_F(BlueskyTest, a_part_that_is_not_given_out_is_skipped_and_asked_for_again) {
  view_.refused = "getRepostedBy";
  const Got got = read(kFirst);
  ASSERT_EQ(got.problems.size(), 1u);
  EXPECT_EQ(got.problems[0].kind, ProblemKind::forbidden);
  EXPECT_EQ(
      got.problems[0].sentence,
      "the reposts of at://did:plc:ann/app.bsky.feed.post/p1: the server answered with status 400, BlockedActor: no");
  EXPECT_EQ(got.rows.size(), 10u);
  view_.refused.clear();
  EXPECT_EQ(read(kFirst + 86'400).undated.size(), 1u);
}

TEST_F(BlueskyTest, an_account_that_is_not_there) {
  view_.refused = "getProfile";
  EXPECT_EQ(read(kFirst).problems.at(0).kind, ProblemKind::forbidden);
  view_.refused.clear();
  EXPECT_EQ(read(kFirst, "did:plc:bob").problems.at(0).sentence,
            "the profile of did:plc:bob: the answer is about somebody else");
}

TEST(Bluesky, is_set_up_for_one_account) {
  net::Fetcher http({});
  for (const char* account : {"", "ann", "@ann.test", "bluesky:ann", "https://bsky.app/profile/ann.test"}) {
    const auto made = make_connector(
        {.account = {account == std::string("bluesky:ann") ? "mastodon" : "bluesky", account}}, {http, {}, 1});
    ASSERT_FALSE(made) << account;
    EXPECT_EQ(made.error().code, ErrorCode::usage);
  }
  EXPECT_FALSE(make_connector({.account = {"bluesky", "ann.test"}, .server = "https://a.example/xrpc"}, {http, {}, 1}));
  EXPECT_TRUE(make_connector({.account = {"bluesky", "ann.test"}}, {http, {}, 1}));
}

TEST(Bluesky, faults) {
  const AppView view;
  const connect::test::Subject subject{
      .make =
          [](const std::string& base, const Access& access) {
            return std::move(*make_connector({.account = {"bluesky", "ann.test"}, .server = base}, access));
          },
      .healthy = [&](const Seen& seen, const std::string&) { return view.answer(seen); },
      .page = [&](const Seen& seen, const std::string&, const std::string& next) -> std::optional<std::string> {
        const auto body = view.page(seen, next);
        return body ? std::optional(reply(*body)) : std::nullopt;
      }};
  EXPECT_EQ(connect::test::fault_findings(subject), std::vector<std::string>{});
}

TEST(BlueskyPlace, is_written_and_read) {
  Place place{.since = 7, .began = 8, .feed = "a \"cursor\"", .post = "p2", .part = 2, .page = "x", .failed = 5};
  place.known = {{"p1", {1, 2, 3, 4}}, {"p2", {-1, 0, 0, 0}}};
  place.seen = {{"p3", {5, 6, 7, 8}}};
  const auto read = read_place(write_place(place));
  ASSERT_TRUE(read);
  EXPECT_EQ(write_place(*read), write_place(place));
  EXPECT_EQ(read->known, place.known);
  EXPECT_EQ(read->failed, 5u);
  for (const char* bad :
       {"x", "{}", "[]", R"({"since":1})", R"({"since":1,"began":1,"part":0,"failed":0,"known":"p1:1,2"})"}) {
    EXPECT_FALSE(read_place(bad)) << bad;
  }
}

TEST(BlueskyPlace, of_any_number_of_posts_fits_into_a_cursor) {
  Place place;
  for (std::size_t i = 0; i < 3 * kMostPosts; ++i) {
    place.seen.push_back({fmt::format("3l3qo2vxaa{:04}", i), {1'000'000, 1'000'000, 1'000'000, 1'000'000}});
  }
  const std::string text = write_place(place);
  EXPECT_LE(text.size(), connect::Reading::kMostCursorBytes);
  const auto read = read_place(text);
  ASSERT_TRUE(read);
  EXPECT_GT(read->seen.size(), 1'000u);
  EXPECT_EQ(read->seen[0], place.seen[0]) << "the newest are kept";
}

}  // namespace
}  // namespace renown::connect::bluesky
