#include "connect/instagram/instagram.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "connect/canned.h"

namespace renown::connect::instagram {
namespace {

using test::CannedNetwork;
using test::CannedTransport;
using test::read_whole;

constexpr std::int64_t kNow = 1'800'000'000;
constexpr const char* kAccount = "/v24.0/me?fields=user_id,username,name,profile_picture_url";
constexpr const char* kPosts = "/v24.0/me/media?fields=id,timestamp,permalink,caption,comments_count&limit=50";

/// Two posts, nobody at the second. At the first: bob's comment with the account's answer beside it, and cy's, whose
/// answers are a list of their own; one is by somebody who stays unnamed.
CannedNetwork instagram() {
  return {
      {kAccount,
       {R"({"user_id":"1784","username":"ann.bakes","name":"Ann","profile_picture_url":"https://p.example"})"}},
      {kPosts, {R"({"data":[
            {"id":"m1","timestamp":"2020-01-01T00:00:00+0000","permalink":"https://i.example/p/1","caption":"One #bread",
             "comments_count":5},
            {"id":"m2","timestamp":"2020-02-01T00:00:00+0000","permalink":"https://i.example/p/2","comments_count":0}]})"}},
      {"/v24.0/m1/"
       "comments?fields=id,timestamp,username,from,replies.limit(50)%7Bid,timestamp,username,from%7D&limit=50",
       {R"({"data":[
            {"id":"c1","timestamp":"2020-01-02T00:00:00+0000","username":"bob",
             "replies":{"data":[{"id":"c2","timestamp":"2020-01-03T00:00:00+0000","username":"ann.bakes"}]}},
            {"id":"c3","timestamp":"2020-01-04T00:00:00+0000","from":{"id":"5","username":"cy"},
             "replies":{"data":[{"id":"c4","timestamp":"2020-01-05T00:00:00+0000","username":"dee"}],
                        "paging":{"next":"BASE/v24.0/c3/replies?access_token=s3cret&after=x"}}}]})"}},
      {"/v24.0/c3/replies?fields=id,timestamp,username,from&limit=50",
       {R"({"data":[{"id":"c4","timestamp":"2020-01-05T00:00:00+0000","username":"dee"},
            {"id":"c5","timestamp":"2020-01-06T00:00:00+0000"}]})"}},
  };
}

Source ann() {
  return {.account = {"instagram", "ann.bakes"}, .server = std::string(CannedTransport::kBase)};
}

TEST(Instagram, reads_who_comments) {
  CannedTransport http(instagram());
  Place place;
  const auto whole = read_whole(**make_connector(ann(), {.http = http, .now = kNow}), place);
  EXPECT_TRUE(whole.problems.empty());
  EXPECT_EQ(whole.dated, (std::vector<std::string>{
                             "1577836800 post ann.bakes  'm1' 'm1' ''",
                             "1580515200 post ann.bakes  'm2' 'm2' ''",
                             "1577923200 comment bob ann.bakes 'm1' 'c1' ''",
                             "1578009600 reply ann.bakes bob 'm1' 'c2' ''",
                             "1578096000 comment cy ann.bakes 'm1' 'c3' ''",
                             "1578182400 comment dee ann.bakes 'm1' 'c4' ''",
                         }));
  EXPECT_EQ(whole.left_out, (std::map<std::string, std::uint64_t>{{"by an account that Instagram does not name", 1}}));
  ASSERT_EQ(whole.posts.size(), 2U);
  EXPECT_EQ(whole.posts[0].text, "One #bread");
  EXPECT_TRUE(whole.profiles.at(0).profile.picture.value_or(false));
  EXPECT_FALSE(place.cursor.contains("s3cret"));
  EXPECT_EQ(http.asked.size(), 4U);

  http.asked.clear();
  const auto again = read_whole(**make_connector(ann(), {.http = http, .now = kNow + 86'400}), place);
  EXPECT_TRUE(again.problems.empty());
  EXPECT_EQ(http.asked.size(), 2U) << "comments are asked for where their number changed";
}

TEST(Instagram, a_token_of_somebody_else_is_refused) {
  CannedTransport http(CannedNetwork{{kAccount, {R"({"user_id":"1","username":"mallory"})"}}});
  const auto pull = (*make_connector(ann(), {.http = http, .now = kNow}))->pull("", {});
  ASSERT_FALSE(pull);
  EXPECT_TRUE(pull.error().sentence.contains("the token is that of 'mallory'")) << pull.error().sentence;
}

TEST(Instagram, says_what_a_source_looks_like) {
  CannedTransport http({});
  for (const char* name : {"", "@ann", "ann bakes", "ann/x"}) {
    EXPECT_FALSE(make_connector({.account = {"instagram", name}}, {.http = http})) << name;
  }
  EXPECT_FALSE(make_connector({.account = {"facebook", "ann"}}, {.http = http}));
  EXPECT_TRUE(make_connector({.account = {"instagram", "ann_b.7"}}, {.http = http}));
}

TEST(Instagram, faults) {
  const auto page = [](const net::test::Seen& seen, const std::string& base, const std::string& next) {
    std::optional<std::string> answer;
    if (seen.target.contains("/me?")) return answer;
    answer =
        net::test::reply(fmt::format(R"({{"data":[],"paging":{{"next":"{}{}&after={}"}}}})", base, seen.target, next));
    return answer;
  };
  EXPECT_EQ(test::fault_findings(test::subject_of(make_connector, ann(), instagram(), page)),
            std::vector<std::string>{});
}

}  // namespace
}  // namespace renown::connect::instagram
