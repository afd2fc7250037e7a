#include "connect/stackexchange/stackexchange.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "connect/canned.h"

namespace renown::connect::stackexchange {
namespace {

using test::CannedNetwork;
using test::CannedTransport;
using test::read_whole;

constexpr std::int64_t kNow = 1'800'000'000;
constexpr const char* kOrder = "?order=desc&sort=creation&pagesize=100";

std::string asked(std::string_view path, std::string_view page = "") {
  return fmt::format("{}{}{}&site=bikes.example", path, kOrder, page);
}

/// User 8 asked two questions, one on each page, and gave an accepted answer to question 30 of user 9.
CannedNetwork site() {
  return {
      {"/users/8?pagesize=1&site=bikes.example",
       {R"({"items":[{"user_id":8,"display_name":"Ann &amp; Co","website_url":"https://ann.example",
            "profile_image":"https://i.example/8"}],"has_more":false})"}},
      {asked("/users/8/questions"),
       {R"({"items":[{"question_id":12,"creation_date":1500000000,"tags":["wheel","rim"],"title":"Why &lt;b&gt;?",
            "link":"https://bikes.example/q/12"}],"has_more":true})"}},
      {asked("/users/8/questions", "&page=2"),
       {R"({"items":[{"question_id":11,"creation_date":1400000000,"tags":[],"title":"How?"}],"has_more":false})"}},
      {asked("/questions/12/answers"),
       {R"({"items":[{"answer_id":14,"question_id":12,"creation_date":1500000200,"owner":{"user_type":"does_not_exist"}},
            {"answer_id":13,"question_id":12,"creation_date":1500000100,"owner":{"user_id":47}}],"has_more":false})"}},
      {asked("/questions/11/answers"),
       {R"({"items":[{"answer_id":15,"question_id":11,"creation_date":1400000100,"owner":{"user_id":48}}],
            "has_more":false})"}},
      {asked("/posts/12/comments"),
       {R"({"items":[{"comment_id":3,"post_id":12,"creation_date":1500000300,"owner":{"user_id":47}}],
            "has_more":false})"}},
      {asked("/posts/11/comments"), {R"({"items":[],"has_more":false})"}},
      {asked("/users/8/answers"),
       {R"({"items":[{"answer_id":31,"question_id":30,"creation_date":1450000000,"is_accepted":true},
            {"answer_id":33,"question_id":32,"creation_date":1440000000,"is_accepted":false}],"has_more":false})"}},
      {asked("/posts/31%3B33/comments"),
       {R"({"items":[{"comment_id":4,"post_id":33,"creation_date":1450000300,"owner":{"user_id":9}}],
            "has_more":false})"}},
      {"/questions/30?pagesize=100&site=bikes.example",
       {R"({"items":[{"question_id":30,"accepted_answer_id":31,"creation_date":1430000000,"owner":{"user_id":9}}],
            "has_more":false})"}},
  };
}

Source ann() {
  return {.account = {"bikes.example", "8"}, .server = std::string(CannedTransport::kBase)};
}

TEST(StackExchange, reads_who_engages_with_the_user) {
  CannedTransport http(site());
  Place place;
  const auto whole = read_whole(**make_connector(ann(), {.http = http, .now = kNow}), place);
  EXPECT_TRUE(whole.problems.empty());
  EXPECT_EQ(whole.dated, (std::vector<std::string>{
                             "1500000000 post 8  '12' 'post-12' 'wheel rim'",
                             "1500000300 comment 47 8 '12' 'comment-3' ''",
                             "1500000100 reply 47 8 '12' 'post-13' ''",
                             "1400000000 post 8  '11' 'post-11' ''",
                             "1400000100 reply 48 8 '11' 'post-15' ''",
                             "1450000000 post 8  '31' 'post-31' ''",
                             "1440000000 post 8  '33' 'post-33' ''",
                             "1450000300 comment 9 8 '33' 'comment-4' ''",
                         }));
  EXPECT_EQ(whole.undated, (std::vector<std::string>{"1430000000 endorse 9 8 '31' '' ''"}));
  EXPECT_EQ(whole.left_out, (std::map<std::string, std::uint64_t>{{"the account that acts was deleted", 1}}));
  EXPECT_EQ(whole.profiles.at(0).profile.handle, "Ann & Co");
  EXPECT_EQ(whole.posts.at(0).text, "Why <b>?");
  EXPECT_EQ(http.asked.size(), 10U);
}

TEST(StackExchange, waits_no_longer_than_a_day_whatever_it_is_asked) {
  for (const auto& [backoff, wait] : {std::pair("9223372036854775807", 86'400), std::pair("-5", 1)}) {
    auto network = site();
    auto& first = network[asked("/users/8/questions")].body;
    first.insert(first.size() - 1, fmt::format(R"(,"backoff":{})", backoff));
    CannedTransport http(network);
    Place place;
    const auto whole = read_whole(**make_connector(ann(), {.http = http, .now = kNow}), place);
    ASSERT_EQ(whole.problems.size(), 1U);
    EXPECT_EQ(whole.problems[0].retry_at, kNow + wait);
  }
}

TEST(StackExchange, does_wait_when_it_is_asked_to) {
  auto network = site();
  auto& first = network[asked("/users/8/questions")].body;
  first.insert(first.size() - 1, R"(,"backoff":10)");
  CannedTransport http(network);
  Place place;
  const auto before = read_whole(**make_connector(ann(), {.http = http, .now = kNow}), place);
  ASSERT_EQ(before.problems.size(), 1U);
  EXPECT_EQ(before.problems[0].kind, ProblemKind::try_later);
  EXPECT_EQ(before.problems[0].retry_at, kNow + 10);
  EXPECT_EQ(before.dated.size(), 1U) << "what came with it counts";
  EXPECT_EQ(http.asked.size(), 2U);
  const auto after = read_whole(**make_connector(ann(), {.http = http, .now = kNow + 10}), place);
  EXPECT_TRUE(after.problems.empty());
  EXPECT_EQ(before.dated.size() + after.dated.size(), 8U);
  EXPECT_EQ(http.asked.size(), 10U) << "nothing twice";
}

TEST(StackExchange, too_many_requests_come_as_400) {
  CannedTransport http(
      {{"/users/8?pagesize=1&site=bikes.example", {R"({"error_id":502,"error_name":"throttle_violation"})", "", 400}}});
  const auto pull = (*make_connector(ann(), {.http = http, .now = kNow}))->pull("", {});
  ASSERT_FALSE(pull);
  EXPECT_EQ(pull.error().kind, ProblemKind::try_later);
}

TEST(StackExchange, takes_the_network_from_the_site) {
  CannedTransport http(site());
  Place place;
  Source source = ann();
  source.account.network = "stackexchange";
  source.settings["site"] = "bikes.example";
  EXPECT_EQ(read_whole(**make_connector(source, {.http = http, .now = kNow}), place).dated.size(), 8U);
}

TEST(StackExchange, says_what_a_source_looks_like) {
  CannedTransport http({});
  EXPECT_FALSE(make_connector({.account = {"stackexchange", "8"}, .server = ""}, {.http = http}));
  EXPECT_FALSE(make_connector({.account = {"bikes.example", "ann"}, .server = ""}, {.http = http}));
}

TEST(StackExchange, faults) {
  const auto page = [](const net::test::Seen& seen, const std::string&, const std::string&) {
    std::optional<std::string> answer;
    if (seen.target.starts_with("/users/8?")) return answer;
    answer = net::test::reply(R"({"items":[],"has_more":true})");
    return answer;
  };
  const auto may_be_empty = [](const net::test::Seen& seen) { return !seen.target.starts_with("/users/8?"); };
  EXPECT_EQ(test::fault_findings(test::subject_of(make_connector, ann(), site(), page, may_be_empty)),
            std::vector<std::string>{});
}

}  // namespace
}  // namespace renown::connect::stackexchange
