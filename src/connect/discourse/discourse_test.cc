#include "connect/discourse/discourse.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "connect/canned.h"

namespace renown::connect::discourse {
namespace {

using test::CannedNetwork;
using test::CannedTransport;
using test::read_whole;

constexpr std::int64_t kNow = 1'800'000'000;

std::string actions(int offset) {
  return fmt::format("/user_actions.json?offset={}&username=ann&filter=2,4,5,6,7,9", offset);
}

std::string action(int type, const char* actor, int topic, int post, const char* time) {
  return fmt::format(R"({{"action_type":{},"acting_username":"{}","topic_id":{},"post_number":{},"created_at":"{}",
                         "slug":"a-topic","title":"A topic"}})",
                     type, actor, topic, post, time);
}

/// A first page of 30 likes, and a second with one of each kind.
CannedNetwork forum() {
  std::string likes;
  for (int i = 0; i < 30; ++i) {
    likes += (i == 0 ? "" : ",") + action(2, fmt::format("fan{}", i).c_str(), 5, 1, "2020-03-01T00:00:00.000Z");
  }
  const std::string others = fmt::format(
      "{},{},{},{},{}", action(6, "bob", 5, 2, "2020-02-05T00:00:00.000Z"),
      action(7, "cy", 6, 3, "2020-02-04T00:00:00.000Z"), action(9, "dan", 7, 4, "2020-02-03T00:00:00.000Z"),
      action(4, "ann", 5, 1, "2020-02-02T00:00:00.000Z"), action(11, "eve", 5, 1, "2020-02-01T00:00:00.000Z"));
  return {
      {"/u/ann.json", {R"({"user":{"id":3,"username":"ann","name":"Ann","website":"https://ann.example"}})"}},
      {actions(0), {fmt::format(R"({{"user_actions":[{}]}})", likes)}},
      {actions(30), {fmt::format(R"({{"user_actions":[{}]}})", others)}},
  };
}

Source ann() {
  return {.account = {"forum.example", "ann"}, .server = std::string(CannedTransport::kBase)};
}

TEST(Discourse, reads_the_users_own_activity) {
  CannedTransport http(forum());
  Place place;
  const auto whole = read_whole(**make_connector(ann(), {.http = http, .now = kNow}), place);
  EXPECT_TRUE(whole.problems.empty());
  ASSERT_EQ(whole.dated.size(), 34U);
  EXPECT_EQ(whole.dated[29], "1583020800 like fan29 ann '5/1' '' ''");
  EXPECT_EQ((std::vector<std::string>(whole.dated.begin() + 30, whole.dated.end())),
            (std::vector<std::string>{
                "1580860800 reply bob ann '5' '5/2' ''",
                "1580774400 mention cy ann '6/3' '6/3' ''",
                "1580688000 quote dan ann '7' '7/4' ''",
                "1580601600 post ann  '5/1' '5/1' ''",
            }));
  EXPECT_EQ(whole.left_out, (std::map<std::string, std::uint64_t>{{"an action that is no engagement", 1}}));
  EXPECT_EQ(whole.posts.at(0).url, "https://forum.example/t/a-topic/5/1");

  http.asked.clear();
  EXPECT_TRUE(read_whole(**make_connector(ann(), {.http = http, .now = kNow + 86'400}), place).dated.empty());
  EXPECT_EQ(http.asked, (std::vector<std::string>{"/u/ann.json", actions(0)})) << "what is older was read";
}

TEST(Discourse, takes_the_network_from_the_server) {
  CannedTransport http(forum());
  Place place;
  Source source = ann();
  source.account.network = "discourse";
  EXPECT_EQ(read_whole(**make_connector(source, {.http = http, .now = kNow}), place).posts.at(0).network,
            "api.example");
}

TEST(Discourse, says_what_a_source_looks_like) {
  CannedTransport http({});
  EXPECT_FALSE(make_connector({.account = {"discourse", "ann"}, .server = ""}, {.http = http}));
  EXPECT_FALSE(make_connector({.account = {"forum.example", ""}, .server = ""}, {.http = http}));
}

TEST(Discourse, faults) {
  const auto page = [](const net::test::Seen& seen, const std::string&, const std::string&) {
    std::optional<std::string> answer;
    // Pages are offsets, which the connector counts by itself; to the first one, a full page is the right answer.
    if (seen.target == "/u/ann.json" || seen.target == actions(0)) return answer;
    answer = net::test::reply(forum().at(actions(0)).body);
    return answer;
  };
  const auto may_be_empty = [](const net::test::Seen& seen) { return seen.target.starts_with("/user_actions"); };
  EXPECT_EQ(test::fault_findings(test::subject_of(make_connector, ann(), forum(), page, may_be_empty)),
            std::vector<std::string>{});
}

}  // namespace
}  // namespace renown::connect::discourse
