#include "connect/mastodon/mastodon.h"

#include <algorithm>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "connect/fault_matrix.h"
#include "connect/testing.h"

namespace renown::connect::mastodon {
namespace {

using net::test::reply;
using net::test::Seen;
using test::Reach;
using test::read_whole;
using test::Texts;
using test::Whole;

/// A server of a few statuses, all written here. Addresses are those of https://a.example, wherever it is asked.
constexpr const char* kAnn =
    R"({"id":"7","username":"ann","acct":"ann","display_name":"Ann","note":"<p>Birds #nobot</p>",)"
    R"("url":"https://a.example/@ann","uri":"https://a.example/users/ann",)"
    R"("avatar":"https://a.example/ann.png","fields":[{"name":"Web","value":"<a href=\"x\">)"
    R"(https://ann.example</a>"}],"statuses_count":4})";

std::string account(std::string_view name) {
  return fmt::format(R"({{"id":"{0}-1","acct":"{0}@b.example","url":"https://b.example/@{0}",)"
                     R"("uri":"https://b.example/users/{0}"}})",
                     name);
}

struct Status {
  std::string id;
  std::string by = kAnn;
  std::string more = "";  ///< members
  std::string visibility = "public";
  int favourites = 0, reblogs = 0, replies = 0, quotes = 0;
  std::string address = "";
};

std::string text(const Status& status) {
  return fmt::format(R"({{"id":"{0}","uri":"{8}","url":"https://a.example/@x/{0}",)"
                     R"("created_at":"2024-05-01T12:00:{0}.123Z","visibility":"{3}","content":"<p>post {0}</p>",)"
                     R"("favourites_count":{4},"reblogs_count":{5},"replies_count":{6},"quotes_count":{7},)"
                     R"("account":{1}{2}}})",
                     status.id, status.by, status.more, status.visibility, status.favourites, status.reblogs,
                     status.replies, status.quotes,
                     status.address.empty() ? "https://a.example/users/ann/statuses/" + status.id : status.address);
}

std::string list(const std::vector<std::string>& items) {
  std::string all;
  for (const std::string& item : items) all += (all.empty() ? "" : ",") + item;
  return "[" + all + "]";
}

/// By target; what is not here is 404.
struct World {
  std::map<std::string, std::string> answers;
  std::map<std::string, std::string> next;  ///< pages

  std::string answer(const Seen& seen, const std::string& base) const {
    const auto at = answers.find(seen.target);
    if (at == answers.end()) return reply(R"({"error":"Record not found"})", "", "404 Not Found");
    std::string headers = "Content-Type: application/json\r\n";
    if (const auto page = next.find(seen.target); page != next.end()) {
      headers += fmt::format("Link: <{}{}>; rel=\"next\"\r\n", base, page->second);
    }
    return reply(at->second, headers);
  }
};

const std::string kApi = "/api/v1/";

World small_world() {
  World world;
  auto& answers = world.answers;
  answers[kApi + "accounts/lookup?acct=ann"] = kAnn;
  const std::string kReply =
      R"(,"in_reply_to_id":"50","in_reply_to_account_id":"bob-1","mentions":[{"id":"bob-1","url":"x"},)"
      R"({"id":"cat-1","url":"https://b.example/@cat"}],"tags":[{"name":"Birds"}])";
  const std::string kPage = kApi + "accounts/7/statuses?limit=20";
  const std::string k14 = text({.id = "14", .favourites = 3, .reblogs = 1, .replies = 2, .quotes = 1});
  const std::string k13 = text({.id = "13", .more = kReply});
  const std::string k12 =
      text({.id = "12",
            .more = R"(,"reblog":)" +
                    text({.id = "60", .by = account("bob"), .address = "https://b.example/users/bob/statuses/60"})});
  const std::string k11 = text({.id = "11", .visibility = "private", .favourites = 2});
  answers[kPage] = list({k14, k13});
  answers[kPage + "&max_id=14"] = list({k13, k12});
  answers[kPage + "&max_id=13"] = list({k12, k11});
  answers[kPage + "&max_id=12"] = list({k11});
  answers[kPage + "&max_id=11"] = "[]";
  answers[kApi + "statuses/50"] =
      text({.id = "50", .by = account("bob"), .address = "https://b.example/users/bob/statuses/50"});
  answers[kApi + "accounts/cat-1"] = account("cat");
  answers[kApi + "statuses/14/favourited_by?limit=80"] = list({account("bob"), account("cat")});
  answers[kApi + "statuses/14/favourited_by?max_id=9"] = list({account("dan")});
  world.next[kApi + "statuses/14/favourited_by?limit=80"] = kApi + "statuses/14/favourited_by?max_id=9";
  answers[kApi + "statuses/14/reblogged_by?limit=80"] = list({account("eve")});
  const auto reply_to = [](std::string_view id, std::string_view account) {
    return fmt::format(R"(,"in_reply_to_id":"{}","in_reply_to_account_id":"{}")", id, account);
  };
  const auto by = [](std::string_view name, std::string_view id) {
    return fmt::format("https://b.example/users/{}/statuses/{}", name, id);
  };
  answers[kApi + "statuses/14/context"] =
      R"({"ancestors":[],"descendants":)" +
      list({text({.id = "20", .by = account("bob"), .more = reply_to("14", "7"), .address = by("bob", "20")}),
            text({.id = "21",
                  .by = account("cat"),
                  .more = reply_to("20", "bob-1") + R"(,"mentions":[{"id":"7"}])",
                  .address = by("cat", "21")}),
            text({.id = "22", .by = account("dan"), .more = reply_to("21", "cat-1"), .address = by("dan", "22")})}) +
      "}";
  answers[kApi + "statuses/14/quotes?limit=40"] =
      list({text({.id = "30",
                  .by = account("fay"),
                  .more = R"(,"quote":{"state":"accepted","quoted_status":)" + text({.id = "14"}) + "}",
                  .address = by("fay", "30")})});
  return world;
}

World world_with_notifications() {
  World world = small_world();
  const auto note = [](std::string_view id, std::string_view type, std::string_view by, const std::string& status) {
    return fmt::format(R"({{"id":"{}","type":"{}","created_at":"2024-05-02T00:00:{}Z","account":{}{}}})", id, type, id,
                       account(by), status.empty() ? "" : R"(,"status":)" + status);
  };
  const std::string own = text({.id = "14"});
  world.answers[kApi + "notifications?limit=80&min_id=0"] =
      list({note("42", "reblog", "eve", own), note("41", "favourite", "bob", own), note("40", "follow", "gus", "")});
  world.answers[kApi + "notifications?limit=80&min_id=42"] =
      list({note("45", "poll", "hal", own), note("44", "favourite", "bob", text({.id = "11", .visibility = "private"})),
            note("43", "mention", "bob",
                 text({.id = "20",
                       .by = account("bob"),
                       .more = R"(,"in_reply_to_id":"14","in_reply_to_account_id":"7","mentions":[{"id":"7"}])",
                       .address = "https://b.example/users/bob/statuses/20"}))});
  world.answers[kApi + "notifications?limit=80&min_id=45"] = "[]";
  world.answers[kApi + "statuses/14"] = own;
  return world;
}

Source ann(const std::string& server, bool has_token = false) {
  Source source{.account = {"fediverse", "ann@a.example"}, .server = server};
  if (has_token) source.settings["notifications"] = "yes";
  return source;
}

/// What a reading of `world` gives.
Whole read(const World& world, const std::string& cursor = "", bool has_token = false,
           std::int64_t now = 1'800'000'000) {
  std::string base;
  net::test::TestServer server(
      [&](const Seen& seen, net::test::Connection& connection) { connection.send(world.answer(seen, base)); });
  base = server.url("");
  Reach reach(server);
  return read_whole(**make_connector(ann(base, has_token), reach.access(now)), cursor);
}

TEST(Mastodon, who_engaged_with_an_account_and_with_whom_it_did) {
  const Whole whole = read(small_world());
  EXPECT_FALSE(whole.problem);
  EXPECT_TRUE(whole.skipped.empty());
  EXPECT_EQ(whole.dated,
            (Texts{"1714564812 repost https://a.example/users/ann -> https://b.example/users/bob "
                   "post=https://b.example/users/bob/statuses/60 id=https://a.example/users/ann/statuses/12",
                   "1714564813 mention https://a.example/users/ann -> https://b.example/users/cat "
                   "post=https://a.example/users/ann/statuses/13 id=https://a.example/users/ann/statuses/13 tags=birds",
                   "1714564813 post https://a.example/users/ann post=https://a.example/users/ann/statuses/13 "
                   "id=https://a.example/users/ann/statuses/13 tags=birds",
                   "1714564813 reply https://a.example/users/ann -> https://b.example/users/bob "
                   "post=https://b.example/users/bob/statuses/50 id=https://a.example/users/ann/statuses/13 tags=birds",
                   "1714564814 post https://a.example/users/ann post=https://a.example/users/ann/statuses/14 "
                   "id=https://a.example/users/ann/statuses/14",
                   "1714564820 reply https://b.example/users/bob -> https://a.example/users/ann "
                   "post=https://a.example/users/ann/statuses/14 id=https://b.example/users/bob/statuses/20",
                   "1714564821 mention https://b.example/users/cat -> https://a.example/users/ann "
                   "post=https://b.example/users/cat/statuses/21 id=https://b.example/users/cat/statuses/21",
                   "1714564830 quote https://b.example/users/fay -> https://a.example/users/ann "
                   "post=https://a.example/users/ann/statuses/14 id=https://b.example/users/fay/statuses/30"}));
  EXPECT_EQ(whole.undated, (Texts{"1714564814 like https://b.example/users/bob -> https://a.example/users/ann "
                                  "post=https://a.example/users/ann/statuses/14",
                                  "1714564814 like https://b.example/users/cat -> https://a.example/users/ann "
                                  "post=https://a.example/users/ann/statuses/14",
                                  "1714564814 like https://b.example/users/dan -> https://a.example/users/ann "
                                  "post=https://a.example/users/ann/statuses/14",
                                  "1714564814 repost https://b.example/users/eve -> https://a.example/users/ann "
                                  "post=https://a.example/users/ann/statuses/14"}));
  EXPECT_EQ(whole.left_out, (std::map<std::string, std::uint64_t>{{"a post that was not public", 1},
                                                                  {"a post that is about somebody else", 1}}));
  ASSERT_EQ(whole.posts.size(), 2u);
  EXPECT_EQ(whole.posts[0], (Post{"fediverse", "https://a.example/users/ann/statuses/14", "https://a.example/users/ann",
                                  "https://a.example/@x/14", 1714564814, "post 14"}));
  ASSERT_EQ(whole.profiles.size(), 1u);
  EXPECT_EQ(whole.profiles[0].document, kAnn);
  EXPECT_EQ(whole.profiles[0].profile.handle, "ann@a.example");
  EXPECT_EQ(whole.profiles[0].profile.links, (std::vector<std::string>{"https://ann.example"}));
}

TEST(Mastodon, with_a_token_likes_reposts_and_follows_have_times) {
  const Whole whole = read(world_with_notifications(), "", true);
  EXPECT_FALSE(whole.problem);
  const Texts wanted = {"1714608040 follow https://b.example/users/gus -> https://a.example/users/ann",
                        "1714608041 like https://b.example/users/bob -> https://a.example/users/ann "
                        "post=https://a.example/users/ann/statuses/14",
                        "1714608042 repost https://b.example/users/eve -> https://a.example/users/ann "
                        "post=https://a.example/users/ann/statuses/14"};
  for (const std::string& row : wanted) EXPECT_EQ(std::ranges::count(whole.dated, row), 1) << row;
  // The reply comes as a notification and in the context, and is the same row.
  EXPECT_EQ(std::ranges::count(whole.dated,
                               "1714564820 reply https://b.example/users/bob -> "
                               "https://a.example/users/ann post=https://a.example/users/ann/statuses/14 "
                               "id=https://b.example/users/bob/statuses/20"),
            2);
  EXPECT_EQ(whole.left_out.at("a notification that is no engagement"), 1u);
  EXPECT_EQ(whole.left_out.at("about a post that was not public"), 1u);
}

TEST(Mastodon, reads_only_what_changed_and_dates_it_after_the_last_reading) {
  World world = small_world();
  const Whole first = read(world, "", false, 1'800'000'000);
  const Whole same = read(world, first.cursor, false, 1'800'003'600);
  EXPECT_TRUE(same.undated.empty());
  EXPECT_TRUE(same.dated.empty());
  EXPECT_EQ(same.left_out.at("a post that was read before"), 4u);

  world.answers[kApi + "accounts/7/statuses?limit=20"] =
      list({text({.id = "14", .favourites = 3, .reblogs = 2, .replies = 2, .quotes = 1})});
  world.answers[kApi + "accounts/7/statuses?limit=20&max_id=14"] = "[]";
  world.answers[kApi + "statuses/14/reblogged_by?limit=80"] = list({account("gus"), account("eve")});
  const Whole changed = read(world, same.cursor, false, 1'800'007'200);
  EXPECT_EQ(changed.undated, (Texts{"1800003600 repost https://b.example/users/eve -> https://a.example/users/ann "
                                    "post=https://a.example/users/ann/statuses/14",
                                    "1800003600 repost https://b.example/users/gus -> https://a.example/users/ann "
                                    "post=https://a.example/users/ann/statuses/14"}));
}

TEST(Mastodon, a_list_that_is_not_shown_is_skipped_and_asked_for_again) {
  World world = small_world();
  const std::string kLikes = kApi + "statuses/14/favourited_by?limit=80";
  const std::string likes = world.answers.extract(kLikes).mapped();
  const Whole first = read(world);
  EXPECT_FALSE(first.problem);
  ASSERT_EQ(first.skipped.size(), 1u);
  EXPECT_EQ(first.skipped[0].kind, ProblemKind::not_found);
  EXPECT_EQ(first.skipped[0].sentence,
            "the likes of https://a.example/users/ann/statuses/14: the server answered with status 404");
  EXPECT_EQ(first.undated.size(), 1u);
  world.answers[kLikes] = likes;
  const Whole second = read(world, first.cursor, false, 1'800'003'600);
  EXPECT_EQ(second.undated.size(), 3u);
  EXPECT_TRUE(second.undated[0].starts_with("1714564814 like")) << "as early as the post: it was never read";
}

TEST(Mastodon, more_posts_than_can_be_watched) {
  World world;
  world.answers[kApi + "accounts/lookup?acct=ann"] = kAnn;
  std::string page = kApi + "accounts/7/statuses?limit=20";
  const auto long_id = [](int number) { return fmt::format("1170205858{:08}", number); };
  for (int number = 3000; number > 0; number -= 20) {
    std::vector<std::string> statuses;
    for (int i = number; i > number - 20; --i) {
      std::string one =
          text({.id = "10", .favourites = 1234567, .replies = 1, .address = fmt::format("https://a.example/{}", i)});
      one.replace(one.find(R"("id":"10")"), 9, fmt::format(R"("id":"{}")", long_id(i)));
      statuses.push_back(std::move(one));
      world.answers[kApi + fmt::format("statuses/{}/favourited_by?limit=80", long_id(i))] = list({account("bob")});
      world.answers[kApi + fmt::format("statuses/{}/context", long_id(i))] = R"({"descendants":[]})";
    }
    world.answers[page] = list(statuses);
    page = kApi + "accounts/7/statuses?limit=20&max_id=" + long_id(number - 19);
  }
  world.answers[page] = "[]";
  const Whole first = read(world);
  EXPECT_EQ(first.undated.size(), 3000u);
  const Whole second = read(world, first.cursor);
  EXPECT_TRUE(second.undated.empty()) << "what is not watched any more is not asked for again and again";
  EXPECT_FALSE(second.problem);
  EXPECT_LT(second.pieces, first.pieces);
}

TEST(Mastodon, names_of_accounts_and_what_is_none) {
  net::test::TestServer server([](const Seen&, net::test::Connection& connection) { connection.send(reply("{}")); });
  Reach reach(server);
  for (const std::string account :
       {"ann@a.example", "@ann@a.example", "https://a.example/users/ann", "https://a.example/@ann"}) {
    EXPECT_TRUE(make_connector({.account = {"fediverse", account}, .server = ""}, reach.access())) << account;
  }
  for (const std::string bad :
       {"", "ann", "@ann", "ann@", "@a.example", "ann@a.example/x", "ann@u:p@a.example", "https://a.example/notes/7",
        "https://a.example/users/", "https://a.example/users/a/b", "an n@a.example", "ann&x=1@a.example"}) {
    const auto made = make_connector({.account = {"fediverse", bad}, .server = ""}, reach.access());
    ASSERT_FALSE(made) << bad;
    EXPECT_EQ(made.error().code, ErrorCode::usage);
    EXPECT_NE(made.error().message.find("give NAME@HOST"), std::string::npos);
  }
  EXPECT_FALSE(make_connector({.account = {"github", "ann@a.example"}, .server = ""}, reach.access()));
}

TEST(Mastodon, cursors_of_others_are_refused) {
  const Whole whole = read(small_world(), "mastodon x");
  ASSERT_TRUE(whole.problem);
  EXPECT_EQ(whole.problem->kind, ProblemKind::malformed);
}

test::Subject subject(const World& world, bool has_token, Extent extent = Extent::whole) {
  return {
      .make =
          [=](const std::string& base, const Access& access) {
            Access as_wanted = access;
            as_wanted.extent = extent;
            return std::move(*make_connector(ann(base, has_token), as_wanted));
          },
      .healthy = [&](const Seen& seen, const std::string& base) { return world.answer(seen, base); },
      .page = [&](const Seen& seen, const std::string& base, const std::string& next) -> std::optional<std::string> {
        for (const std::string list : {"favourited_by?limit=80", "reblogged_by?limit=80", "quotes?limit=40"}) {
          const std::string path = kApi + "statuses/14/" + list.substr(0, list.find('?') + 1);
          if (!seen.target.starts_with(path)) continue;
          return reply(world.answers.at(kApi + "statuses/14/" + list),
                       fmt::format("Link: <{}{}{}>; rel=next\r\n", base, path, next));
        }
        return std::nullopt;
      },
      .may_be_empty =
          [](const Seen& seen) {
            return seen.target.contains("/statuses?") || seen.target.contains("notifications") ||
                   seen.target.contains("quotes") || seen.target.contains("max_id=9");
          }};
}

TEST(Mastodon, whatever_a_server_does_nothing_is_lost_or_doubled) {
  const World world = small_world();
  EXPECT_EQ(test::fault_findings(subject(world, false)), std::vector<std::string>{});
}

TEST(Mastodon, whatever_a_server_does_to_notifications) {
  World world = world_with_notifications();
  world.answers[kApi + "accounts/7/statuses?limit=20"] = "[]";
  EXPECT_EQ(test::fault_findings(subject(world, true)), std::vector<std::string>{});
  EXPECT_EQ(test::fault_findings(subject(world, true, Extent::news)), std::vector<std::string>{});
}

}  // namespace
}  // namespace renown::connect::mastodon
