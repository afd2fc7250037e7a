#include "connect/github/webhook.h"

#include <gtest/gtest.h>

#include "connect/canned.h"

namespace renown::connect::github {
namespace {

constexpr std::int64_t kReceived = 1'800'000'000;

/// The rows of one delivery, or why there are none.
std::vector<std::string> read(std::string_view event, std::string_view body) {
  model::InteractionBlock rows;
  model::ReadReport report;
  read_delivery(event, body, kReceived, rows, report);
  EXPECT_EQ(report.records, 1U);
  std::vector<std::string> found;
  for (std::size_t i = 0; i < rows.size(); ++i) found.push_back(test::line_of(rows[i]));
  for (const auto& [reason, count] : report.left_out) found.push_back("left out: " + reason);
  for (const auto& bad : report.first_bad) found.push_back("bad: " + bad.reason);
  return found;
}

using Found = std::vector<std::string>;

TEST(Webhook, acts_are_those_of_the_lists) {
  EXPECT_EQ(read("star", R"({"action":"created","starred_at":"2020-01-01T00:00:00Z","sender":{"login":"bob"},
                             "repository":{"full_name":"ann/tool"}})"),
            Found{"1577836800 star bob ann 'ann/tool' '' ''"});
  EXPECT_EQ(read("fork", R"({"forkee":{"created_at":"2020-02-01T00:00:00Z"},"sender":{"login":"cy"},
                             "repository":{"full_name":"ann/tool"}})"),
            Found{"1580515200 repost cy ann 'ann/tool' '' ''"});
  EXPECT_EQ(read("issue_comment", R"({"action":"created","sender":{"login":"ann"},"issue":{"number":1,
                                      "user":{"login":"bob"}},"comment":{"id":80,"user":{"login":"ann"},
                                      "created_at":"2020-03-01T01:00:00Z"},"repository":{"full_name":"ann/tool"}})"),
            Found{"1583024400 comment ann bob 'ann/tool#1' 'comment-80' ''"});
  EXPECT_EQ(read("pull_request_review",
                 R"({"action":"submitted","sender":{"login":"dan"},"pull_request":{"number":9,"user":{"login":"ann"}},
                     "review":{"id":72,"user":{"login":"dan"},"submitted_at":"2020-04-02T12:00:00Z"},
                     "repository":{"full_name":"big/project"}})"),
            Found{"1585828800 review dan ann 'big/project#9' 'review-72' ''"});
  EXPECT_EQ(read("pull_request",
                 R"({"action":"closed","sender":{"login":"dan"},"pull_request":{"number":9,"merged":true,
                     "merged_at":"2020-04-03T00:00:00Z","merged_by":{"login":"dan"},"user":{"login":"ann"},
                     "base":{"repo":{"language":"C++"}}},"repository":{"full_name":"big/project"}})"),
            Found{"1585872000 endorse dan ann 'big/project#9' '' 'c++'"});
}

TEST(Webhook, what_is_taken_back_is_undone) {
  EXPECT_EQ(read("star", R"({"action":"deleted","starred_at":null,"sender":{"login":"bob"},
                             "repository":{"full_name":"ann/tool"}})"),
            Found{"1800000000 undo bob ann 'ann/tool' '' ''"});
  // Whoever deletes a comment: the act was its author's.
  EXPECT_EQ(read("issue_comment", R"({"action":"deleted","sender":{"login":"ann"},"issue":{"number":1,
                                      "user":{"login":"ann"}},"comment":{"id":80,"user":{"login":"bob"},
                                      "created_at":"2020-03-01T01:00:00Z"},"repository":{"full_name":"ann/tool"}})"),
            Found{"1800000000 undo bob  'ann/tool#1' 'comment-80' ''"});
}

TEST(Webhook, everything_else_is_counted) {
  EXPECT_EQ(read("ping", "{}"), Found{"left out: a delivery of another kind"});
  EXPECT_EQ(read("issues", R"({"action":"closed","sender":{"login":"ann"},"issue":{"number":1,"user":{"login":"ann"}},
                               "repository":{"full_name":"ann/tool"}})"),
            Found{"left out: an issue that is not new"});
  EXPECT_EQ(read("star", R"({"action":"created","repository":{"full_name":"ann/tool"}})"),
            Found{"bad: it names no sender"});
  EXPECT_EQ(read("star", "[1]"), Found{"bad: it is no JSON object"});
  ASSERT_EQ(read("star", "{").size(), 1U);
  EXPECT_TRUE(read("star", "{")[0].starts_with("bad: not valid JSON"));
}

TEST(Webhook, signature) {
  // The example of GitHub's documentation, "Validating webhook deliveries".
  const std::string good = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";
  const std::string secret = "It's a Secret to Everybody";
  EXPECT_TRUE(is_signed("Hello, World!", good, secret));
  EXPECT_FALSE(is_signed("Hello, World?", good, secret));
  EXPECT_FALSE(is_signed("Hello, World!", good, "another"));
  EXPECT_FALSE(is_signed("Hello, World!", good, ""));
  EXPECT_FALSE(is_signed("Hello, World!", good.substr(7), secret));
  EXPECT_FALSE(is_signed("Hello, World!", good.substr(0, 70), secret));
  EXPECT_FALSE(is_signed("Hello, World!", "sha256=", secret));
  EXPECT_FALSE(is_signed("Hello, World!", "", secret));
}

}  // namespace
}  // namespace renown::connect::github
