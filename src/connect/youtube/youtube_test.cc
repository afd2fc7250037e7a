#include "connect/youtube/youtube.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "connect/canned.h"

namespace renown::connect::youtube {
namespace {

using test::CannedNetwork;
using test::CannedTransport;
using test::read_whole;

constexpr std::int64_t kNow = 1'800'000'000;
constexpr const char* kVideos = "/youtube/v3/videos?part=snippet,statistics&id=v1%2Cv2";
constexpr const char* kThreads =
    "/youtube/v3/commentThreads?part=snippet,replies&maxResults=100&textFormat=plainText&videoId=v1";

std::string comment(const char* id, const char* author, const char* time) {
  return fmt::format(R"({{"id":"{}","snippet":{{"authorChannelId":{{"value":"{}"}},"publishedAt":"{}"}}}})", id, author,
                     time);
}

/// A channel with two videos; the second takes no comments. Under the first, bob's comment on one page with the
/// channel's answer, and the channel's own on the next with two answers, one of which comes with it.
CannedNetwork youtube() {
  return {
      {"/youtube/v3/channels?part=snippet,contentDetails,statistics&id=UCann",
       {R"({"items":[{"id":"UCann","snippet":{"title":"Ann","customUrl":"@ann","description":"films","thumbnails":{}},
            "contentDetails":{"relatedPlaylists":{"uploads":"UUann"}},"statistics":{"videoCount":"2"}}]})"}},
      {"/youtube/v3/playlistItems?part=contentDetails&maxResults=50&playlistId=UUann",
       {R"({"items":[{"contentDetails":{"videoId":"v1"}},{"contentDetails":{"videoId":"v2"}}]})"}},
      {kVideos, {R"({"items":[{"id":"v1","snippet":{"publishedAt":"2020-01-01T00:00:00Z","title":"One"},
            "statistics":{"commentCount":"5"}},
            {"id":"v2","snippet":{"publishedAt":"2020-02-01T00:00:00Z","title":"Two"},"statistics":{}}]})"}},
      {kThreads,
       {fmt::format(
           R"({{"nextPageToken":"p2","items":[{{"id":"t1","snippet":{{"totalReplyCount":1,"topLevelComment":{}}},
                        "replies":{{"comments":[{}]}}}}]}})",
           comment("t1", "UCbob", "2020-01-02T00:00:00Z"), comment("t1.a", "UCann", "2020-01-03T00:00:00Z"))}},
      {std::string(kThreads) + "&pageToken=p2",
       {fmt::format(R"({{"items":[{{"id":"t2","snippet":{{"totalReplyCount":2,"topLevelComment":{}}},
                        "replies":{{"comments":[{}]}}}}]}})",
                    comment("t2", "UCann", "2020-01-04T00:00:00Z"), comment("t2.a", "UCcy", "2020-01-05T00:00:00Z"))}},
      {"/youtube/v3/comments?part=snippet&maxResults=100&textFormat=plainText&parentId=t2",
       {fmt::format(R"({{"items":[{},{}]}})", comment("t2.a", "UCcy", "2020-01-05T00:00:00Z"),
                    comment("t2.b", "", "2020-01-06T00:00:00Z"))}},
  };
}

Source ann() {
  return {.account = {"youtube", "UCann"}, .server = std::string(CannedTransport::kBase)};
}

TEST(YouTube, reads_who_comments) {
  CannedTransport http(youtube());
  Place place;
  const auto whole = read_whole(**make_connector(ann(), {.http = http, .now = kNow}), place);
  EXPECT_TRUE(whole.problems.empty());
  EXPECT_EQ(whole.dated,
            (std::vector<std::string>{
                "1577836800 post UCann  'v1' 'v1' ''", "1580515200 post UCann  'v2' 'v2' ''",
                "1577923200 comment UCbob UCann 'v1' 't1' ''", "1578009600 reply UCann UCbob 'v1' 't1.a' ''",
                "1578096000 comment UCann UCann 'v1' 't2' ''", "1578182400 reply UCcy UCann 'v1' 't2.a' ''",
                "1578182400 reply UCcy UCann 'v1' 't2.a' ''",  // equal rows are one
            }));
  EXPECT_EQ(whole.left_out, (std::map<std::string, std::uint64_t>{{"by an account that was deleted", 1}}));
  ASSERT_EQ(whole.posts.size(), 2U);
  EXPECT_EQ(whole.posts[0].url, "https://www.youtube.com/watch?v=v1");
  EXPECT_EQ(whole.profiles.at(0).profile.handle, "@ann");
  EXPECT_EQ(http.asked.size(), 6U);

  http.asked.clear();
  const auto again = read_whole(**make_connector(ann(), {.http = http, .now = kNow + 86'400}), place);
  EXPECT_TRUE(again.problems.empty());
  EXPECT_EQ(http.asked.size(), 3U) << "comments are asked for where their number changed";
}

TEST(YouTube, spends_no_more_than_it_may) {
  CannedTransport http(youtube());
  Source source = ann();
  source.settings["max_units"] = "4";
  Place place;
  const auto first = read_whole(**make_connector(source, {.http = http, .now = kNow}), place);
  EXPECT_EQ(http.asked.size(), 4U);
  ASSERT_EQ(first.problems.size(), 1U);
  EXPECT_EQ(first.problems[0].kind, ProblemKind::try_later);
  EXPECT_EQ(first.problems[0].retry_at, kNow + 86'400);
  EXPECT_TRUE(first.problems[0].sentence.contains("4 units of quota that may be spent 4 units of quota are"))
      << first.problems[0].sentence;

  const auto too_early = read_whole(**make_connector(source, {.http = http, .now = kNow + 80'000}), place);
  EXPECT_EQ(http.asked.size(), 4U);
  const auto rest = read_whole(**make_connector(source, {.http = http, .now = kNow + 86'400}), place);
  EXPECT_TRUE(rest.problems.empty());
  EXPECT_EQ(http.asked.size(), 6U) << "the rest of the same reading";
  EXPECT_EQ(first.dated.size() + rest.dated.size(), 7U);
}

TEST(YouTube, a_used_up_quota_is_for_later) {
  CannedTransport http({{"/youtube/v3/channels?part=snippet,contentDetails,statistics&id=UCann",
                         {R"({"error":{"code":403,"errors":[{"reason":"quotaExceeded"}]}})", "", 403}}});
  const auto pull = (*make_connector(ann(), {.http = http, .now = kNow}))->pull("", {});
  ASSERT_FALSE(pull);
  EXPECT_EQ(pull.error().kind, ProblemKind::try_later);
}

TEST(YouTube, says_what_a_source_looks_like) {
  CannedTransport http({});
  EXPECT_FALSE(make_connector({.account = {"youtube", "@ann"}, .server = ""}, {.http = http}));
  for (const char* amount : {"", "-1", "many", "1.5", "99999999999"}) {
    Source source = ann();
    source.settings["max_units"] = amount;
    const auto made = make_connector(source, {.http = http});
    ASSERT_FALSE(made) << amount;
    EXPECT_TRUE(made.error().message.starts_with("max_units: ")) << made.error().message;
  }
}

TEST(YouTube, faults) {
  const auto page = [](const net::test::Seen& seen, const std::string&, const std::string& next) {
    std::optional<std::string> answer;
    if (seen.target.contains("/channels?") || seen.target.contains("/videos?")) return answer;
    answer = net::test::reply(fmt::format(R"({{"items":[],"nextPageToken":"{}"}})", next));
    return answer;
  };
  EXPECT_EQ(test::fault_findings(test::subject_of(make_connector, ann(), youtube(), page)), std::vector<std::string>{});
}

}  // namespace
}  // namespace renown::connect::youtube
