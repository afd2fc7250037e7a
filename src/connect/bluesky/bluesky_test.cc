#include "connect/bluesky/bluesky.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "connect/bluesky/place.h"
#include "connect/fault_matrix.h"
#include "connect/testing.h"

namespace renown::connect::bluesky {
namespace {

using connect::test::Texts;
using connect::test::Whole;
using net::test::reply;
using net::test::Seen;

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
  std::string mad = {};      ///< of this part of an address what is given out makes no sense

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
    if (asks(seen, "app.bsky.notification.listNotifications")) {
      if (!cursor.empty() && cursor != "notices-2" && !next) return std::nullopt;
      return notices(cursor.empty(), more(!cursor.empty(), "notices-2"));
    }
    return std::nullopt;
  }

  /// Of the account's own server.
  static std::string notices(bool is_first, std::string_view more) {
    const auto notice = [](std::string_view who, std::string_view reason, std::string_view subject,
                           std::string_view record, std::string_view time) {
      return fmt::format(R"({{"uri":"{}","author":{{"did":"did:plc:{}"}},"reason":"{}","reasonSubject":"{}",)"
                         R"("record":{{"$type":"app.bsky.feed.post","text":"x"{}}},"indexedAt":"{}"}})",
                         address(fmt::format("did:plc:{}", who), "n1"), who, reason, subject, record, time);
    };
    const std::string mention =
        R"(,"facets":[{"features":[{"$type":"app.bsky.richtext.facet#mention","did":"did:plc:ann"}]}])";
    const std::string on1 = address(kAnn, "p1");
    const std::string items =
        is_first ? notice("ivy", "mention", "", mention, "2026-11-01T15:00:00.7Z") + "," +
                       notice("bob", "like", on1, "", "2026-11-09T12:00:00.5Z") + "," +
                       notice("bob", "like-via-repost", address("did:plc:gus", "g1"), "", "2026-11-01T14:00:00Z")
                 : notice("cat", "repost", on1, "", "2026-11-01T13:00:00Z") + "," +
                       notice("bob", "follow", "", "", "2026-11-01T12:00:00Z") + "," +
                       notice("eve", "like", "at://did:plc:ann/app.bsky.feed.generator/f", "", "2026-11-01T11:00:00Z");
    return fmt::format(R"({{"notifications":[{}]{}}})", items, more);
  }

  std::string answer(const Seen& seen) const {
    if (!refused.empty() && seen.target.find(refused) != std::string::npos) {
      return reply(R"({"error":"BlockedActor","message":"no"})", "", "400 Bad Request");
    }
    if (!mad.empty() && seen.target.find(mad) != std::string::npos) return reply("{}");
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

Texts sorted(Texts texts) {
  std::ranges::sort(texts);
  return texts;
}

class BlueskyTest : public testing::Test {
 protected:
  Whole read(std::int64_t now, const std::string& account = "ann.test") {
    std::size_t answered = 0;
    net::test::TestServer server([&](const Seen& seen, net::test::Connection& connection) {
      connection.send(answered++ < most_ ? view_.answer(seen) : reply("{}", "", "401 Unauthorized"));
    });
    connect::test::Reach reach(server);
    Access access = reach.access(now);
    if (is_logged_in_) access.token_server = server.url("");
    Source source{.account = {"bluesky", account}, .server = server.url("")};
    if (has_notices_) source.settings["notifications"] = "yes";
    const auto made = make_connector(source, access);
    EXPECT_TRUE(made);
    Whole whole = connect::test::read_whole(**made, cursor_);
    cursor_ = whole.cursor;
    requests_ = server.seen().size();
    return whole;
  }

  AppView view_;
  std::string cursor_;
  bool has_notices_ = false;
  bool is_logged_in_ = true;
  std::size_t requests_ = 0;  ///< of the last reading
  std::size_t most_ = 1'000;  ///< requests of a reading that are answered
};

constexpr std::int64_t kFirst = 1'793'620'800;  // 2026-11-02, after the posts of 1 November

TEST_F(BlueskyTest, who_engages_with_an_account) {
  const Whole got = read(kFirst);
  const std::string on1 = " -> did:plc:ann post=at://did:plc:ann/app.bsky.feed.post/p1";
  const std::string on2 = " -> did:plc:ann post=at://did:plc:ann/app.bsky.feed.post/p2";
  EXPECT_EQ(got.dated,
            sorted({"1793527200 post did:plc:ann post=at://did:plc:ann/app.bsky.feed.post/p1 id=app.bsky.feed.post/p1",
                    "1793527200 post did:plc:ann post=at://did:plc:ann/app.bsky.feed.post/p2 id=app.bsky.feed.post/p2",
                    "1793527200 post did:plc:ann post=at://did:plc:ann/app.bsky.feed.post/p3 id=app.bsky.feed.post/p3",
                    "1793527200 reply did:plc:ann -> did:plc:gus post=at://did:plc:gus/app.bsky.feed.post/g1 "
                    "id=app.bsky.feed.post/p3",
                    "1794225600 like did:plc:bob" + on1, "1794139200 like did:plc:cat" + on1,
                    "1794052800 like did:plc:dan" + on1, "1794225600 like did:plc:bob" + on2,
                    "1793527200 quote did:plc:dan" + on2 + " id=app.bsky.feed.post/q1",
                    "1793527200 reply did:plc:eve" + on1 + " id=app.bsky.feed.post/r1"}));
  EXPECT_EQ(got.undated, (Texts{"1793527200 repost did:plc:cat" + on1})) << "at the time of the post";
  EXPECT_TRUE(got.skipped.empty() && !got.problem);
  EXPECT_EQ(got.bad, 0u);
}

TEST_F(BlueskyTest, the_profile_and_the_posts) {
  const Whole got = read(kFirst);
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
  read(kFirst);
  EXPECT_EQ(requests_, 3u + 2 + 1 + 1 + 1 + 1);
  const Whole second = read(kFirst + 86'400);
  EXPECT_EQ(requests_, 3u);
  EXPECT_TRUE(second.dated.empty() && second.undated.empty() && second.posts.empty());
}

TEST_F(BlueskyTest, only_what_changed_is_asked_for_and_only_as_far_as_it_is_new) {
  read(kFirst + 30 * 86'400);  // all likes are older than this
  view_.likes["p1"].insert(view_.likes["p1"].begin(), "hal");
  view_.reposts["p2"] = {"hal"};
  const Whole got = read(kFirst + 31 * 86'400);
  EXPECT_EQ(requests_, 3u + 1 + 1) << "the first page of likes has nothing new, so the next is not asked for";
  ASSERT_EQ(got.undated.size(), 1u);
  EXPECT_TRUE(got.undated[0].starts_with(std::to_string(kFirst + 30 * 86'400 - 3600) + " repost")) << got.undated[0];
}

TEST_F(BlueskyTest, a_part_that_is_not_given_out_is_skipped_and_asked_for_again) {
  view_.refused = "getRepostedBy";
  const Whole got = read(kFirst);
  ASSERT_EQ(got.skipped.size(), 1u);
  EXPECT_EQ(got.skipped[0].kind, ProblemKind::forbidden);
  EXPECT_EQ(
      got.skipped[0].sentence,
      "the reposts of at://did:plc:ann/app.bsky.feed.post/p1: the server answered with status 400, BlockedActor: no");
  EXPECT_EQ(got.dated.size(), 10u);
  view_.refused.clear();
  EXPECT_EQ(read(kFirst + 86'400).undated.size(), 1u);
}

TEST_F(BlueskyTest, whoever_logs_in_is_told_of_mentions_and_when_reposts_happened) {
  const Whole open = read(kFirst);
  cursor_.clear();
  has_notices_ = true;
  const Whole got = read(kFirst + 30 * 86'400);  // after all of it
  const std::string on1 = " -> did:plc:ann post=at://did:plc:ann/app.bsky.feed.post/p1";
  Texts wanted = open.dated;
  wanted.push_back(
      "1793545200 mention did:plc:ivy -> did:plc:ann post=at://did:plc:ivy/app.bsky.feed.post/n1 "
      "id=app.bsky.feed.post/n1");
  wanted.push_back("1793538000 repost did:plc:cat" + on1);
  wanted.push_back("1794225600 like did:plc:bob" + on1);  // equal to the one that everybody is told of: one row
  EXPECT_EQ(got.dated, sorted(wanted));
  EXPECT_EQ(got.undated, open.undated) << "not added, for the dated one is there";
  EXPECT_FALSE(got.problem);
  EXPECT_EQ(got.left_out.at("a notification that is no engagement"), 2u);
  EXPECT_EQ(got.left_out.at("a notification that is not about a post"), 1u);

  const Whole second = read(kFirst + 31 * 86'400);
  EXPECT_EQ(requests_, 3u + 1) << "the first page has nothing new";
  EXPECT_FALSE(second.problem);
}

TEST_F(BlueskyTest, notifications_that_are_not_given_out_are_skipped_and_read_later) {
  has_notices_ = true;
  for (const bool is_refused : {true, false}) {
    is_logged_in_ = is_refused;
    view_.refused = is_refused ? "listNotifications" : "";
    cursor_.clear();
    const Whole got = read(kFirst);
    EXPECT_FALSE(got.problem);
    ASSERT_EQ(got.skipped.size(), 1u);
    EXPECT_EQ(got.skipped[0].kind, is_refused ? ProblemKind::forbidden : ProblemKind::unauthorized);
    EXPECT_EQ(got.dated.size(), 10u) << "and the rest is there";
  }
  is_logged_in_ = true;
  const Whole later = read(kFirst + 30 * 86'400);
  EXPECT_TRUE(later.skipped.empty());
  EXPECT_EQ(later.dated.size(), 3u) << "from the first on";
}

TEST_F(BlueskyTest, a_part_that_makes_no_sense_does_not_hold_up_the_others) {
  view_.mad = "getLikes";
  const Whole got = read(kFirst);
  EXPECT_FALSE(got.problem) << got.problem->sentence;
  ASSERT_EQ(got.skipped.size(), 2u);
  EXPECT_EQ(got.skipped[0].kind, ProblemKind::malformed);
  EXPECT_EQ(got.dated.size(), 6u) << "all but the four likes";
  view_.mad.clear();
  EXPECT_EQ(read(kFirst + 86'400).dated.size(), 4u);
}

TEST_F(BlueskyTest, an_account_that_is_not_there) {
  view_.refused = "getProfile";
  EXPECT_EQ(read(kFirst).problem.value().kind, ProblemKind::forbidden);
  view_.refused.clear();
  EXPECT_EQ(read(kFirst, "did:plc:bob").problem.value().sentence,
            "the profile of did:plc:bob: the answer is about somebody else");
}

TEST_F(BlueskyTest, a_server_that_answers_few_requests_at_a_time_is_read_to_its_end_nevertheless) {
  const Texts wanted = read(kFirst).dated;
  cursor_.clear();
  most_ = 3;
  Texts got;
  bool is_whole = false;
  for (int reading = 0; reading < 20 && !is_whole; ++reading) {
    const Whole part = read(kFirst);
    is_whole = !part.problem;
    got.insert(got.end(), part.dated.begin(), part.dated.end());
  }
  EXPECT_TRUE(is_whole) << "what was read before the server refused must stand";
  std::ranges::sort(got);
  got.erase(std::ranges::unique(got).begin(), got.end());  // equal rows are one
  EXPECT_EQ(got, wanted);
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

TEST(Bluesky, looks_at_the_newest_posts_and_leaves_the_rest) {
  net::test::TestServer server([](const Seen& seen, net::test::Connection& connection) {
    if (AppView::asks(seen, "app.bsky.actor.getProfile")) {
      connection.send(reply(R"({"did":"did:plc:ann","handle":"ann.test"})"));
      return;
    }
    const std::string cursor = AppView::cursor_of(seen);
    const int page = cursor.empty() ? 0 : std::stoi(cursor);
    std::string items;
    for (int i = 0; i < 100; ++i) {
      items += fmt::format(R"({}{{"post":{}}})", items.empty() ? "" : ",",
                           AppView::view("ann", fmt::format("p{}", 100 * page + i), "",
                                         R"(,"likeCount":0,"repostCount":0,"quoteCount":0,"replyCount":0)"));
    }
    connection.send(reply(fmt::format(R"({{"feed":[{}],"cursor":"{}"}})", items, page + 1)));
  });
  connect::test::Reach reach(server);
  const auto connector = make_connector({.account = {"bluesky", "ann.test"}, .server = server.url("")}, reach.access());
  ASSERT_TRUE(connector);
  const Whole first = connect::test::read_whole(**connector);
  EXPECT_EQ(first.posts.size(), kMostPosts);
  EXPECT_FALSE(first.problem);
  EXPECT_EQ(server.seen().size(), 1 + kMostPosts / 100);
  const Whole second = connect::test::read_whole(**connector, first.cursor);
  EXPECT_TRUE(second.posts.empty() && second.dated.empty() && !second.problem);
  EXPECT_EQ(server.seen().size(), 2 * (1 + kMostPosts / 100));
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

TEST(Bluesky, faults_of_notifications) {
  AppView view;
  view.reposts.clear();  // told undated while notifications fail, and dated later, one is two rows (docs/networks)
  const connect::test::Subject subject{
      .make =
          [](const std::string& base, const Access& access) {
            Access logged_in = access;
            logged_in.token_server = base;
            return std::move(*make_connector(
                {.account = {"bluesky", "ann.test"}, .server = base, .settings = {{"notifications", "yes"}}},
                logged_in));
          },
      .healthy = [&](const Seen& seen, const std::string&) { return view.answer(seen); },
      .page = [&](const Seen& seen, const std::string&, const std::string& next) -> std::optional<std::string> {
        const auto body = view.page(seen, next);
        return body ? std::optional(reply(*body)) : std::nullopt;
      }};
  EXPECT_EQ(connect::test::fault_findings(subject), std::vector<std::string>{});
}

TEST(BlueskyPlace, is_written_and_read) {
  Place place{.since = 7,
              .began = 8,
              .feed = "a \"cursor\"",
              .post = "p2",
              .part = 2,
              .page = "x",
              .failed = 5,
              .noted = 6,
              .notices = "n"};
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
