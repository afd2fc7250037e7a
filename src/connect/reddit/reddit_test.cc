#include "connect/reddit/reddit.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "connect/canned.h"

namespace renown::connect::reddit {
namespace {

using test::CannedNetwork;
using test::CannedTransport;
using test::read_whole;

constexpr std::int64_t kNow = 1'800'000'000;
constexpr const char* kSubmitted = "/user/Ann/submitted?sort=new&limit=50&raw_json=1";

std::string listing(std::string_view children, std::string_view after = "null") {
  return fmt::format(R"({{"kind":"Listing","data":{{"children":[{}],"after":{}}}}})", children, after);
}

std::string post(const char* id, int comments, const char* time) {
  return fmt::format(R"({{"kind":"t3","data":{{"id":"{0}","name":"t3_{0}","author":"Ann","created_utc":{2}.0,
                         "num_comments":{1},"permalink":"/r/a/comments/{0}/x/","title":"T"}}}})",
                     id, comments, time);
}

std::string comment(const char* id, const char* parent, const char* author, const char* time,
                    const std::string& replies = "\"\"") {
  return fmt::format(R"({{"kind":"t1","data":{{"name":"t1_{}","parent_id":"{}","author":"{}","created_utc":{}.0,
                         "replies":{}}}}})",
                     id, parent, author, time, replies);
}

/// Two posts of Ann on two pages; under the first, bob's comment, her answer, his answer to it, one between others.
CannedNetwork reddit() {
  const std::string deep = listing(comment("c3", "t1_c2", "bob", "1500000300"));
  const std::string answers =
      listing(comment("c2", "t1_c1", "Ann", "1500000200", deep) + "," + comment("c4", "t1_c1", "cy", "1500000400"));
  const std::string tree = listing(comment("c1", "t3_p1", "bob", "1500000100", answers) + "," +
                                   comment("c5", "t3_p1", "[deleted]", "1500000500"));
  return {
      {"/user/ann/about?raw_json=1", {R"({"kind":"t2","data":{"name":"Ann","icon_img":"https://i.example/a"}})"}},
      {kSubmitted, {listing(post("p1", 9, "1500000000"), "\"t3_p1\"")}},
      {std::string(kSubmitted) + "&after=t3_p1", {listing(post("p2", 0, "1400000000"))}},
      {"/comments/p1?limit=500&raw_json=1", {fmt::format("[{},{}]", listing(post("p1", 9, "1500000000")), tree)}},
  };
}

Source ann() {
  return {.account = {"reddit", "ann"}, .server = std::string(CannedTransport::kBase)};
}

TEST(Reddit, reads_comments_and_answers) {
  CannedTransport http(reddit());
  Place place;
  const auto whole = read_whole(**make_connector(ann(), {.http = http, .now = kNow}), place);
  EXPECT_TRUE(whole.problems.empty());
  EXPECT_EQ(whole.dated, (std::vector<std::string>{
                             "1500000000 post Ann  't3_p1' 't3_p1' ''",
                             "1500000100 comment bob Ann 't3_p1' 't1_c1' ''",
                             "1500000200 reply Ann bob 't1_c1' 't1_c2' ''",
                             "1500000300 reply bob Ann 't1_c2' 't1_c3' ''",
                             "1400000000 post Ann  't3_p2' 't3_p2' ''",
                         }));
  EXPECT_EQ(whole.posts.at(0).url, "https://www.reddit.com/r/a/comments/p1/x/");
  EXPECT_EQ(http.asked.size(), 4U);
  http.asked.clear();
  EXPECT_EQ(read_whole(**make_connector(ann(), {.http = http, .now = kNow + 86'400}), place).dated.size(), 2U);
  EXPECT_EQ(http.asked.size(), 3U) << "comments are asked for where their number changed";
}

TEST(Reddit, comments_beyond_those_that_come_at_once_are_said_to_be_missing) {
  CannedNetwork network = reddit();
  const std::string below = listing(R"({"kind":"more","data":{"count":3,"children":["c9"]}})");
  network["/comments/p1?limit=500&raw_json=1"].body =
      fmt::format("[{},{}]", listing(post("p1", 9, "1500000000")),
                  listing(comment("c1", "t3_p1", "bob", "1500000100", below) +
                          R"(,{"kind":"more","data":{"count":4,"children":["c6"]}})"));
  CannedTransport http(network);
  Place place;
  const auto whole = read_whole(**make_connector(ann(), {.http = http, .now = kNow}), place);
  EXPECT_EQ(whole.dated.size(), 3U) << "what came counts";
  ASSERT_EQ(whole.problems.size(), 1U);
  EXPECT_EQ(whole.problems[0].kind, ProblemKind::too_large);
  EXPECT_EQ(whole.problems[0].sentence, "the comments of p1: 7 more than come at once, or deeper, are not read");
}

TEST(Reddit, says_what_a_source_looks_like) {
  CannedTransport http({});
  EXPECT_FALSE(make_connector({.account = {"reddit", "u/ann"}, .server = ""}, {.http = http}));
}

TEST(Reddit, faults) {
  const auto page = [](const net::test::Seen& seen, const std::string&, const std::string& next) {
    std::optional<std::string> answer;
    if (!seen.target.contains("/submitted?")) return answer;
    answer = net::test::reply(listing("", "\"" + next + "\""));
    return answer;
  };
  const auto may_be_empty = [](const net::test::Seen& seen) { return seen.target.contains("/submitted?"); };
  EXPECT_EQ(test::fault_findings(test::subject_of(make_connector, ann(), reddit(), page, may_be_empty)),
            std::vector<std::string>{});
}

}  // namespace
}  // namespace renown::connect::reddit
