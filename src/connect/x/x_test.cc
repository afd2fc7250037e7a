#include "connect/x/x.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "connect/canned.h"

namespace renown::connect::x {
namespace {

using test::CannedNetwork;
using test::CannedTransport;
using test::read_whole;

constexpr std::int64_t kNow = 1'800'000'000;  // 2027-01-15T08:00:00Z
constexpr const char* kFields = "created_at,author_id,in_reply_to_user_id,referenced_tweets,entities";

std::string with_fields(std::string_view target) {
  return fmt::format("{}tweet.fields={}", target, kFields);
}

constexpr const char* kMentions =
    R"({"data":[
        {"id":"900","author_id":"7","created_at":"2027-01-14T00:00:00.000Z","in_reply_to_user_id":"42",
         "referenced_tweets":[{"type":"replied_to","id":"100"}],"entities":{"mentions":[{"id":"42"}],
         "hashtags":[{"tag":"Jazz"}]}},
        {"id":"901","author_id":"8","created_at":"2027-01-13T00:00:00.000Z","entities":{"mentions":[{"id":"42"}]}}],
        "meta":{"result_count":2}})";

/// Account 42 with a new post and one of last year, mentioned twice.
CannedNetwork x() {
  return {
      {"/2/users/42?user.fields=description,profile_image_url,url",
       {R"({"data":{"id":"42","username":"ann","name":"Ann","url":"https://ann.example"}})"}},
      {with_fields("/2/users/42/mentions?max_results=100&"), {kMentions}},
      {with_fields("/2/users/42/mentions?max_results=100&") + "&start_time=*", {kMentions}},
      {with_fields("/2/users/42/tweets?exclude=retweets&") + ",public_metrics&max_results=100", {R"({"data":[
            {"id":"100","created_at":"2027-01-12T00:00:00.000Z","text":"new","public_metrics":{"like_count":3,
             "retweet_count":1,"quote_count":1,"reply_count":1}},
            {"id":"99","created_at":"2026-01-12T00:00:00.000Z","text":"old","public_metrics":{"like_count":0,
             "retweet_count":0,"quote_count":0,"reply_count":5}}],
            "meta":{"result_count":2,"next_token":"older"}})"}},
      {"/2/tweets/100/liking_users?max_results=100",
       {R"({"data":[{"id":"7"},{"id":"9"}],"meta":{"result_count":2,"next_token":"n2"}})"}},
      {"/2/tweets/100/liking_users?max_results=100&pagination_token=n2",
       {R"({"data":[{"id":"10"}],"meta":{"result_count":1}})"}},
      {"/2/tweets/100/retweeted_by?max_results=100", {R"({"data":[{"id":"7"}],"meta":{"result_count":1}})"}},
      {with_fields("/2/tweets/100/quote_tweets?max_results=100&"),
       {R"({"data":[{"id":"902","author_id":"8","created_at":"2027-01-13T12:00:00.000Z"}],"meta":{"result_count":1}})"}},
      {with_fields("/2/tweets/search/recent?query=conversation_id:100%20-from:42&max_results=100&"),
       {R"({"data":[{"id":"900","author_id":"7","created_at":"2027-01-14T00:00:00.000Z","in_reply_to_user_id":"42",
             "referenced_tweets":[{"type":"replied_to","id":"100"}],"entities":{"mentions":[{"id":"42"}],
             "hashtags":[{"tag":"Jazz"}]}},
            {"id":"903","author_id":"9","created_at":"2027-01-14T01:00:00.000Z","in_reply_to_user_id":"7",
             "referenced_tweets":[{"type":"replied_to","id":"900"}]}],"meta":{"result_count":2}})"}},
  };
}

Source ann(const char* max_cost = "10") {
  Source source{.account = {"twitter", "42"}, .server = std::string(CannedTransport::kBase)};
  if (*max_cost != 0) source.settings["max_cost"] = max_cost;
  return source;
}

TEST(X, reads_who_engages_with_the_account) {
  CannedTransport http(x());
  Place place;
  const auto whole = read_whole(**make_connector(ann(), {.http = http, .now = kNow}), place);
  EXPECT_TRUE(whole.problems.empty());
  EXPECT_EQ(whole.dated, (std::vector<std::string>{
                             "1799884800 reply 7 42 '100' '900' 'jazz'", "1799798400 mention 8 42 '901' '901' ''",
                             "1799712000 post 42  '100' '100' ''", "1768176000 post 42  '99' '99' ''",
                             "1799841600 quote 8 42 '100' '902' ''",
                             "1799884800 reply 7 42 '100' '900' 'jazz'",  // equal rows are one
                         }));
  EXPECT_EQ(whole.undated, (std::vector<std::string>{
                               "1799712000 like 7 42 '100' '' ''",
                               "1799712000 like 9 42 '100' '' ''",
                               "1799712000 like 10 42 '100' '' ''",
                               "1799712000 repost 7 42 '100' '' ''",
                           }));
  EXPECT_EQ(whole.left_out, (std::map<std::string, std::uint64_t>{{"a post that is not about the account", 1}}));
  EXPECT_EQ(whole.posts.at(0).url, "https://x.com/ann/status/100");
  EXPECT_EQ(http.asked.size(), 8U);

  http.asked.clear();
  const auto again = read_whole(**make_connector(ann(), {.http = http, .now = kNow + 86'400}), place);
  ASSERT_EQ(http.asked.size(), 3U) << "lists are asked for where their number changed";
  EXPECT_TRUE(http.asked[1].ends_with("&start_time=2027-01-14T08:00:00Z")) << "only new mentions are paid";
}

TEST(X, a_later_like_is_dated_by_the_last_reading) {
  CannedTransport http(x());
  Place place;
  static_cast<void>(read_whole(**make_connector(ann(), {.http = http, .now = kNow}), place));
  for (auto& [target, answer] : http.network) {
    if (const auto at = answer.body.find("like_count\":3"); at != std::string::npos)
      answer.body.replace(at, 13, "like_count\":4");
  }
  const auto again = read_whole(**make_connector(ann(), {.http = http, .now = kNow + 86'400}), place);
  ASSERT_EQ(again.undated.size(), 3U);
  EXPECT_EQ(again.undated[0], "1800000000 like 7 42 '100' '' ''");
}

TEST(X, nothing_is_asked_without_a_budget) {
  for (const char* cost : {"", "0", "0.009"}) {
    CannedTransport http(x());
    const auto pull = (*make_connector(ann(cost), {.http = http, .now = kNow}))->pull("", {});
    ASSERT_FALSE(pull) << cost;
    EXPECT_EQ(pull.error().kind, ProblemKind::try_later);
    EXPECT_TRUE(pull.error().sentence.contains("max_cost")) << pull.error().sentence;
    EXPECT_TRUE(http.asked.empty());
  }
}

TEST(X, what_a_request_may_cost_is_looked_at_before_it) {
  CannedTransport http(x());
  Place place;
  // The account costs 0.01; a page of mentions may cost 0.50 and costs 0.01.
  const auto first = read_whole(**make_connector(ann("0.515"), {.http = http, .now = kNow}), place);
  EXPECT_EQ(http.asked.size(), 2U) << "0.02 are spent; the posts may cost 0.50";
  ASSERT_EQ(first.problems.size(), 1U);
  EXPECT_EQ(first.problems[0].retry_at, kNow + 30 * 86'400);
  const auto still = read_whole(**make_connector(ann("0.515"), {.http = http, .now = kNow + 86'400}), place);
  EXPECT_EQ(http.asked.size(), 2U);
  const auto richer = read_whole(**make_connector(ann("0.53"), {.http = http, .now = kNow + 86'400}), place);
  EXPECT_EQ(http.asked.size(), 3U) << "what was paid before is not paid again";
  EXPECT_EQ(richer.posts.size(), 2U);
}

TEST(X, a_credit_that_is_used_up_is_for_later) {
  CannedTransport http({{"/2/users/42?user.fields=description,profile_image_url,url", {"{}", "", 402}}});
  const auto pull = (*make_connector(ann(), {.http = http, .now = kNow}))->pull("", {});
  ASSERT_FALSE(pull);
  EXPECT_EQ(pull.error().kind, ProblemKind::try_later);
}

TEST(X, says_what_a_source_looks_like) {
  CannedTransport http({});
  for (const char* account : {"", "ann", "@ann", "4 2"}) {
    EXPECT_FALSE(make_connector({.account = {"twitter", account}, .server = ""}, {.http = http})) << account;
  }
  for (const auto& [name, value] :
       std::map<std::string, std::string>{{"max_cost", "2,50"}, {"posts", "4"}, {"post_price", "free"}}) {
    Source source = ann();
    source.settings[name] = value;
    const auto made = make_connector(source, {.http = http});
    ASSERT_FALSE(made) << name;
    EXPECT_TRUE(made.error().message.starts_with(name)) << made.error().message;
  }
}

TEST(X, faults) {
  const auto page = [](const net::test::Seen& seen, const std::string&, const std::string& next) {
    std::optional<std::string> answer;
    if (seen.target.starts_with("/2/users/42?") || seen.target.contains("/tweets?")) return answer;
    answer = net::test::reply(fmt::format(R"({{"data":[],"meta":{{"next_token":"{}"}}}})", next));
    return answer;
  };
  const auto may_be_empty = [](const net::test::Seen& seen) {
    return seen.target.contains("/mentions?") || seen.target.contains("/tweets?");
  };
  EXPECT_EQ(test::fault_findings(test::subject_of(make_connector, ann("1000"), x(), page, may_be_empty)),
            std::vector<std::string>{});
}

}  // namespace
}  // namespace renown::connect::x
