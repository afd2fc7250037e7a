#include "connect/facebook/facebook.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "connect/canned.h"

namespace renown::connect::facebook {
namespace {

using test::CannedNetwork;
using test::CannedTransport;
using test::read_whole;

constexpr std::int64_t kNow = 1'800'000'000;
constexpr const char* kTagged = "/v24.0/70/tagged?fields=id,created_time,from&limit=100";
constexpr const char* kPosts =
    "/v24.0/70/published_posts?fields=id,created_time,message,permalink_url,"
    "comments.filter(stream).limit(0).summary(true),reactions.limit(0).summary(true)&limit=50";
constexpr const char* kComments =
    "/v24.0/70_1/comments?filter=stream&fields=id,created_time,from,parent%7Bfrom%7D&limit=100";
constexpr const char* kReactions = "/v24.0/70_1/reactions?fields=id,type&limit=100";

/// A page with two posts, nobody at the second. At the first: bob's comment, the page's answer to it, cy's to bob, and
/// one by somebody who stays unnamed; two who reacted, on two pages. Dan tagged the page.
CannedNetwork facebook() {
  return {
      {"/v24.0/70?fields=id,username,name,about,website",
       {R"({"id":"70","username":"annbakes","name":"Ann Bakes","about":"bread","website":"https://ann.example"})"}},
      {kTagged, {R"({"data":[{"id":"9_1","created_time":"2020-01-09T00:00:00+0000","from":{"name":"Dan","id":"104"}},
            {"id":"9_2","created_time":"2020-01-10T00:00:00+0000"}]})"}},
      {kPosts, {R"({"data":[
            {"id":"70_1","created_time":"2020-01-01T02:00:00+0200","message":"One","permalink_url":"https://f.example/1",
             "comments":{"data":[],"summary":{"order":"chronological","total_count":4}},
             "reactions":{"data":[],"summary":{"total_count":2}}},
            {"id":"70_2","created_time":"2020-02-01T00:00:00+0000",
             "comments":{"data":[],"summary":{"total_count":0}},"reactions":{"data":[],"summary":{"total_count":0}}}]})"}},
      {kComments, {R"({"data":[
            {"id":"1_1","created_time":"2020-01-02T00:00:00+0000","from":{"name":"Bob","id":"102"}},
            {"id":"1_2","created_time":"2020-01-03T00:00:00+0000","from":{"name":"Ann Bakes","id":"70"},
             "parent":{"from":{"name":"Bob","id":"102"},"id":"1_1"}},
            {"id":"1_3","created_time":"2020-01-04T00:00:00+0000","from":{"name":"Cy","id":"103"},
             "parent":{"from":{"name":"Bob","id":"102"},"id":"1_1"}},
            {"id":"1_4","created_time":"2020-01-05T00:00:00+0000"}]})"}},
      {kReactions, {R"({"data":[{"id":"102","type":"LOVE"}],"paging":{"cursors":{"after":"p2"},
            "next":"BASE/v24.0/70_1/reactions?access_token=s3cret&fields=id,type&limit=100&after=p2"}})"}},
      {"/v24.0/70_1/reactions?fields=id,type&limit=100&after=p2", {R"({"data":[{"id":"103","type":"HAHA"}]})"}},
  };
}

Source ann() {
  return {.account = {"facebook", "70"}, .server = std::string(CannedTransport::kBase)};
}

TEST(Facebook, reads_who_engages_with_a_page) {
  CannedTransport http(facebook());
  Place place;
  const auto whole = read_whole(**make_connector(ann(), {.http = http, .now = kNow}), place);
  EXPECT_TRUE(whole.problems.empty());
  EXPECT_EQ(whole.dated, (std::vector<std::string>{
                             "1578528000 mention 104 70 '9_1' '9_1' ''",
                             "1577836800 post 70  '70_1' '70_1' ''",
                             "1580515200 post 70  '70_2' '70_2' ''",
                             "1577923200 comment 102 70 '70_1' '1_1' ''",
                             "1578009600 reply 70 102 '70_1' '1_2' ''",
                             "1578096000 comment 103 70 '70_1' '1_3' ''",
                         }));
  EXPECT_EQ(whole.undated,
            (std::vector<std::string>{"1577836800 like 102 70 '70_1' '' ''", "1577836800 like 103 70 '70_1' '' ''"}));
  EXPECT_EQ(whole.left_out, (std::map<std::string, std::uint64_t>{{"by somebody whom Facebook does not name", 2}}));
  ASSERT_EQ(whole.posts.size(), 2U);
  EXPECT_EQ(whole.posts[0].url, "https://f.example/1");
  EXPECT_EQ(whole.posts[0].text, "One");
  EXPECT_EQ(whole.profiles.at(0).profile.handle, "annbakes");
  EXPECT_EQ(http.asked.size(), 6U);

  http.asked.clear();
  const auto again = read_whole(**make_connector(ann(), {.http = http, .now = kNow + 86'400}), place);
  EXPECT_TRUE(again.problems.empty());
  EXPECT_EQ(http.asked.size(), 3U) << "comments and reactions are asked for where their number changed";
}

TEST(Facebook, a_page_that_is_not_the_one_asked_for_is_not_read) {
  CannedTransport http(
      CannedNetwork{{"/v24.0/70?fields=id,username,name,about,website", {R"({"id":"71","name":"Other"})"}}});
  const auto pull = (*make_connector(ann(), {.http = http, .now = kNow}))->pull("", {});
  ASSERT_FALSE(pull);
  EXPECT_EQ(pull.error().kind, ProblemKind::malformed);
}

TEST(Facebook, says_what_a_source_looks_like) {
  CannedTransport http({});
  for (const Account& account :
       {Account{"facebook", "annbakes"}, Account{"facebook", ""}, Account{"instagram", "70"}}) {
    EXPECT_FALSE(make_connector({.account = account}, {.http = http})) << account.account;
  }
}

TEST(Facebook, faults) {
  const auto page = [](const net::test::Seen& seen, const std::string& base, const std::string& next) {
    std::optional<std::string> answer;
    if (seen.target.contains("/70?")) return answer;
    answer =
        net::test::reply(fmt::format(R"({{"data":[],"paging":{{"next":"{}{}&after={}"}}}})", base, seen.target, next));
    return answer;
  };
  EXPECT_EQ(test::fault_findings(test::subject_of(make_connector, ann(), facebook(), page)),
            std::vector<std::string>{});
}

}  // namespace
}  // namespace renown::connect::facebook
