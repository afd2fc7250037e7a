#include "connect/graph_api.h"

#include <array>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "connect/canned.h"

namespace renown::connect {
namespace {

using test::CannedTransport;

TEST(WithoutToken, leaves_the_rest_as_it_is) {
  EXPECT_EQ(without_token("https://g.example/v1/4/posts"), "https://g.example/v1/4/posts");
  EXPECT_EQ(without_token("https://g.example/v1/4/posts?"), "https://g.example/v1/4/posts");
  EXPECT_EQ(without_token("https://g.example/4?access_token=s3"), "https://g.example/4");
  EXPECT_EQ(without_token("https://g.example/4?access_token=s3&a=1"), "https://g.example/4?a=1");
  EXPECT_EQ(without_token("https://g.example/4?a=1&access_token=s3"), "https://g.example/4?a=1");
  EXPECT_EQ(without_token("https://g.example/4?a=1&access_token=s3&after=QV%3D&access_token=s4"),
            "https://g.example/4?a=1&after=QV%3D");
  EXPECT_EQ(without_token("https://g.example/4?my_access_token=1"), "https://g.example/4?my_access_token=1");
}

Result<void> take_nothing(const Errand&, io::JsonValue, Page&) {
  return {};
}

constexpr std::array kOneList = {
    List{"things", "the things", [](const Errand&) { return std::string("/things"); }, "data", true, take_nothing}};

std::expected<Pull, Problem> pull(CannedTransport& http, std::string cursor = {}) {
  GraphConnector connector({"facebook", "1"}, std::string(CannedTransport::kBase), {.http = http, .now = 1'000},
                           kOneList, {{.list = "things"}});
  return connector.pull(cursor, {});
}

TEST(GraphConnector, knows_problems_by_their_code) {
  struct Row {
    int status, code, subcode;
    ProblemKind kind;
  };
  for (const Row& row : std::vector<Row>{
           {400, 190, 460, ProblemKind::unauthorized},
           {401, 102, 0, ProblemKind::unauthorized},
           {400, 4, 0, ProblemKind::try_later},
           {403, 32, 0, ProblemKind::try_later},
           {400, 80'001, 0, ProblemKind::try_later},
           {400, 80'015, 0, ProblemKind::malformed},  // no limit that is known
           {500, 2, 0, ProblemKind::unavailable},
           {400, 1, 0, ProblemKind::unavailable},
           {403, 10, 0, ProblemKind::forbidden},
           {400, 200, 0, ProblemKind::forbidden},
           {400, 100, 33, ProblemKind::not_found},
           {400, 100, 0, ProblemKind::malformed},  // we asked for what there is not
           {404, 803, 0, ProblemKind::not_found},
       }) {
    CannedTransport http(
        {{"/things",
          {fmt::format(R"({{"error":{{"message":"It is so.","code":{},"error_subcode":{}}}}})", row.code, row.subcode),
           "", row.status}}});
    const auto got = pull(http);
    ASSERT_FALSE(got) << row.code;
    EXPECT_EQ(got.error().kind, row.kind) << row.code;
    EXPECT_TRUE(got.error().sentence.ends_with(fmt::format(": It is so. (code {})", row.code))) << got.error().sentence;
    EXPECT_EQ(got.error().retry_at,
              row.kind == ProblemKind::try_later ? std::optional<std::int64_t>(4'600) : std::nullopt)
        << row.code;
  }
  for (const char* body : {"", "down", "{}", R"({"error":"x"})", R"({"error":{"code":"190"}})"}) {
    CannedTransport http({{"/things", {body, "", 403}}});
    const auto got = pull(http);
    ASSERT_FALSE(got) << body;
    EXPECT_EQ(got.error().kind, ProblemKind::forbidden) << body;
  }
}

TEST(GraphConnector, keeps_no_token_and_gives_none_away) {
  CannedTransport http({{"/things", {R"({"data":[{}],"paging":{"next":"BASE/things?access_token=s3cret&after=x"}})"}},
                        {"/things?after=x", {R"({"data":[{}],"paging":{"cursors":{"after":"y"}}})"}}});
  const auto whole = pull(http);
  ASSERT_TRUE(whole);
  EXPECT_FALSE(whole->more) << "a cursor without a next page is the end";
  EXPECT_EQ(http.asked, (std::vector<std::string>{"/things", "/things?after=x"}));
  EXPECT_FALSE(whole->cursor.contains("s3cret"));

  for (const char* next : {"https://elsewhere.example/things?after=x", "http://api.example/things?after=x", "things"}) {
    CannedTransport other({{"/things", {fmt::format(R"({{"data":[{{}}],"paging":{{"next":"{}"}}}})", next)}}});
    const auto got = pull(other);
    ASSERT_FALSE(got) << next;
    EXPECT_EQ(got.error().kind, ProblemKind::malformed);
    EXPECT_EQ(other.asked.size(), 1U);
  }
}

}  // namespace
}  // namespace renown::connect
