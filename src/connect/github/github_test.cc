#include "connect/github/github.h"

#include <algorithm>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "connect/canned.h"

namespace renown::connect::github {
namespace {

using test::CannedNetwork;
using test::CannedTransport;
using test::read_whole;

constexpr std::int64_t kNow = 1'800'000'000;
constexpr const char* kIssues = "/repos/ann/tool/issues?state=all&sort=updated&direction=desc&per_page=30";
constexpr const char* kElsewhere = "/search/issues?q=author:ann+-user:ann&sort=updated&order=desc&per_page=30";

/// ann has one repository with stars on two pages, a fork, an issue by bob and a pull request by cy; elsewhere she
/// wrote a pull request that dan merged.
CannedNetwork github() {
  return {
      {"/users/ann",
       {R"({"login":"ann","created_at":"2015-01-01T00:00:00Z","public_repos":1,"followers":2,"name":"Ann","bio":null,
            "blog":"https://ann.example","avatar_url":"https://a.example/1"})"}},
      {"/users/ann/repos?type=owner&per_page=30",
       {R"([{"full_name":"ann/tool","owner":{"login":"ann"},"created_at":"2016-01-01T00:00:00Z","stargazers_count":3,
             "forks_count":1,"html_url":"https://github.com/ann/tool","description":"A tool"}])"}},
      {"/repos/ann/tool/stargazers?per_page=100",
       {R"([{"starred_at":"2020-01-01T00:00:00Z","user":{"login":"bob"}},
            {"starred_at":"2020-01-02T00:00:00Z","user":null}])",
        "<BASE/repositories/17/stargazers?per_page=100&page=2>; rel=\"next\""}},
      {"/repositories/17/stargazers?per_page=100&page=2",
       {R"([{"starred_at":"2020-01-03T00:00:00Z","user":{"login":"eve"}}])"}},
      {"/repos/ann/tool/forks?per_page=100",
       {R"([{"owner":{"login":"cy"},"created_at":"2020-02-01T00:00:00Z","language":"Jupyter Notebook"}])"}},
      {kIssues,
       {R"([{"number":2,"user":{"login":"cy"},"created_at":"2020-03-02T00:00:00Z","updated_at":"2020-03-04T00:00:00Z",
             "comments":0,"pull_request":{"merged_at":null},"repository_url":"BASE/repos/ann/tool"},
            {"number":1,"user":{"login":"bob"},"created_at":"2020-03-01T00:00:00Z","updated_at":"2020-03-03T00:00:00Z",
             "comments":2,"repository_url":"BASE/repos/ann/tool"}])"}},
      {"/repos/ann/tool/pulls/2/reviews?per_page=100",
       {R"([{"id":70,"user":{"login":"ann"},"state":"APPROVED","submitted_at":"2020-03-04T00:00:00Z"},
            {"id":71,"user":{"login":"ann"},"state":"PENDING"}])"}},
      {"/repos/ann/tool/issues/1/comments?per_page=100",
       {R"([{"id":80,"user":{"login":"ann"},"created_at":"2020-03-01T01:00:00Z"},
            {"id":81,"user":{"login":"cy"},"created_at":"2020-03-01T02:00:00Z"}])"}},
      {kElsewhere, {R"({"total_count":1,"items":[{"number":9,"user":{"login":"ann"},"created_at":"2020-04-01T00:00:00Z",
             "updated_at":"2020-04-03T00:00:00Z","comments":1,"pull_request":{"merged_at":"2020-04-03T00:00:00Z"},
             "repository_url":"BASE/repos/big/project"}]})"}},
      {"/repos/big/project/issues/9/comments?per_page=100",
       {R"([{"id":82,"user":{"login":"dan"},"created_at":"2020-04-02T00:00:00Z"}])"}},
      {"/repos/big/project/pulls/9/reviews?per_page=100",
       {R"([{"id":72,"user":{"login":"dan"},"state":"APPROVED","submitted_at":"2020-04-02T12:00:00Z"}])"}},
      {"/repos/big/project/pulls/9",
       {R"({"merged_at":"2020-04-03T00:00:00Z","merged_by":{"login":"dan"},"base":{"repo":{"language":"C++"}}})"}},
      {"/users/ann/received_events/public?per_page=100",
       {R"([{"id":"900","type":"IssueCommentEvent","actor":{"login":"fay"},"repo":{"name":"big/project"},
             "payload":{"action":"created","issue":{"number":3,"user":{"login":"ann"}}},
             "created_at":"2020-05-02T00:00:00Z"},
            {"id":"899","type":"WatchEvent","actor":{"login":"bob"},"repo":{"name":"ann/tool"},
             "payload":{"action":"started"},"created_at":"2020-05-01T00:00:00Z"}])"}},
      {"/users/ann/followers?per_page=100", {R"([{"login":"bob"},{"login":"gus"}])"}},
  };
}

Source ann() {
  return {.account = {"github", "ann"}, .server = std::string(CannedTransport::kBase)};
}

TEST(GitHub, reads_who_engages_with_the_account) {
  CannedTransport http(github());
  Place place;
  const auto whole = read_whole(**make_connector(ann(), {.http = http, .now = kNow}), place);
  EXPECT_TRUE(whole.problems.empty());
  EXPECT_EQ(whole.dated, (std::vector<std::string>{
                             "1577836800 star bob ann 'ann/tool' '' ''",
                             "1578009600 star eve ann 'ann/tool' '' ''",
                             "1580515200 repost cy ann 'ann/tool' '' 'jupyter-notebook'",
                             "1583107200 comment cy ann 'ann/tool#2' '' ''",
                             "1583020800 comment bob ann 'ann/tool#1' '' ''",
                             "1583280000 review ann cy 'ann/tool#2' 'review-70' ''",
                             "1583024400 comment ann bob 'ann/tool#1' 'comment-80' ''",
                             "1585699200 comment ann big 'big/project#9' '' ''",
                             "1585785600 comment dan ann 'big/project#9' 'comment-82' ''",
                             "1585828800 review dan ann 'big/project#9' 'review-72' ''",
                             "1585872000 endorse dan ann 'big/project#9' '' 'c++'",
                             "1588377600 comment fay ann 'big/project#3' '900' ''",
                         }));
  EXPECT_EQ(whole.undated,
            (std::vector<std::string>{"1420070400 follow bob ann '' '' ''", "1420070400 follow gus ann '' '' ''"}));
  EXPECT_EQ(whole.left_out,
            (std::map<std::string, std::uint64_t>{{"a review that was not handed in", 1},
                                                  {"an act between others", 1},  // cy to bob
                                                  {"by an account that was deleted", 1},
                                                  {"in a repository of the account: read from its lists", 1}}));
  ASSERT_EQ(whole.profiles.size(), 1U);
  EXPECT_EQ(whole.profiles[0].profile.links, std::vector<std::string>{"https://ann.example"});
  EXPECT_TRUE(whole.profiles[0].document.contains("ann.example"));
  EXPECT_EQ(whole.posts,
            (std::vector<Post>{{"github", "ann/tool", "ann", "https://github.com/ann/tool", 1451606400, "A tool"}}));
}

TEST(GitHub, asks_again_only_for_what_changed) {
  CannedTransport http(github());
  Place place;
  static_cast<void>(read_whole(**make_connector(ann(), {.http = http, .now = kNow}), place));
  EXPECT_EQ(http.asked.size(), 14U);
  http.asked.clear();
  const Access tomorrow{.http = http, .now = kNow + 86'400};
  const auto again = read_whole(**make_connector(ann(), tomorrow), place);
  EXPECT_TRUE(again.dated.empty());  // what was updated before the last reading is not read again
  EXPECT_EQ(http.asked, (std::vector<std::string>{"/users/ann", "/users/ann/repos?type=owner&per_page=30", kIssues,
                                                  kElsewhere, "/users/ann/received_events/public?per_page=100"}));
}

TEST(GitHub, what_the_account_does_to_others_is_kept_longer_than_the_event_that_told_it) {
  auto network = github();
  network["/users/ann/received_events/public?per_page=100"].body =
      R"([{"id":"901","type":"WatchEvent","actor":{"login":"ann"},)"
      R"("repo":{"name":"a-very-long-name-of-an-organisation/and-of-its-project"},)"
      R"("payload":{"action":"started"},"created_at":"2020-05-02T00:00:00Z"}])";
  CannedTransport http(network);
  Place place;
  const auto whole = read_whole(**make_connector(ann(), {.http = http, .now = kNow}), place);
  EXPECT_EQ(std::ranges::count(whole.dated,
                               "1588377600 star ann a-very-long-name-of-an-organisation "
                               "'a-very-long-name-of-an-organisation/and-of-its-project' '901' ''"),
            1);
}

TEST(GitHub, a_new_star_is_found_by_its_count) {
  CannedTransport http(github());
  Place place;
  static_cast<void>(read_whole(**make_connector(ann(), {.http = http, .now = kNow}), place));
  auto& repositories = http.network["/users/ann/repos?type=owner&per_page=30"].body;
  repositories.replace(repositories.find("count\":3"), 8, "count\":4");
  http.network["/repositories/17/stargazers?per_page=100&page=2"].body =
      R"([{"starred_at":"2020-01-03T00:00:00Z","user":{"login":"eve"}},
          {"starred_at":"2027-01-15T09:00:00Z","user":{"login":"hal"}}])";
  const auto again = read_whole(**make_connector(ann(), {.http = http, .now = kNow + 86'400}), place);
  ASSERT_EQ(again.dated.size(), 3U);
  EXPECT_EQ(again.dated.back(), "1800003600 star hal ann 'ann/tool' '' ''");
}

TEST(GitHub, too_many_requests_come_as_403_too) {
  CannedTransport http({{"/users/ann", {"{}", "", 403}}});
  /// GitHub's 403 that means "later".
  struct Limited final : net::Transport {
    std::vector<net::Fetched> fetch_all(std::span<const net::Request>, std::stop_token) override {
      net::Response response{.status = 403};
      response.headers.add("X-RateLimit-Remaining", "0");
      response.headers.add("X-RateLimit-Reset", "1800001234");
      return {std::move(response)};
    }
  } limited;
  const auto pull = (*make_connector(ann(), {.http = limited, .now = kNow}))->pull("", {});
  ASSERT_FALSE(pull);
  EXPECT_EQ(pull.error().kind, ProblemKind::try_later);
  EXPECT_EQ(pull.error().retry_at, 1'800'001'234);
}

TEST(GitHub, says_what_an_account_looks_like) {
  CannedTransport http({});
  for (const char* login : {"", "an n", "ann/tool", "https://github.com/ann"}) {
    const auto made = make_connector({.account = {"github", login}, .server = ""}, {.http = http});
    ASSERT_FALSE(made) << login;
    EXPECT_EQ(made.error().code, ErrorCode::usage);
  }
}

TEST(GitHub, faults) {
  const auto page = [](const net::test::Seen& seen, const std::string& base, const std::string& next) {
    std::optional<std::string> answer;
    if (seen.target == "/users/ann" || seen.target.ends_with("/pulls/9")) return answer;
    const std::string link = fmt::format("Link: <{}{}&page={}>; rel=\"next\"\r\n", base, seen.target, next);
    answer = net::test::reply(seen.target.starts_with("/search") ? R"({"items":[]})" : "[]", link);
    return answer;
  };
  const auto may_be_empty = [](const net::test::Seen& seen) {
    for (const char* part : {"/issues?", "/reviews?", "/received_events/"}) {
      if (seen.target.contains(part)) return true;
    }
    return false;
  };
  Source source = ann();
  EXPECT_EQ(test::fault_findings(test::subject_of(make_connector, source, github(), page, may_be_empty)),
            std::vector<std::string>{});
}

}  // namespace
}  // namespace renown::connect::github
