#include "http/openapi.h"

#include <gtest/gtest.h>

#include "http/testing.h"
#include "io/json.h"

namespace renown::http {
namespace {

TEST(OpenApi, TheDocumentSaysWhatTheServerChecks) {
  test::TestRoutes routes;
  auto table = routes.make();
  table[0].scopes = {"score:read", "admin"};
  table[0].parameters[0].least = 1;
  table[0].parameters[0].most = 100;
  table[0].parameters[0].fallback = std::int64_t{20};
  table[0].takes_key_in_query = true;
  table[0].errors = ErrorShape{.schema = R"({"title":"foreign"})", .write = [](Response problem) { return problem; }};
  table.back().is_described = false;
  const auto router = Router::make(std::move(table));
  ASSERT_TRUE(router);
  const std::string document = openapi_document(*router, {.title = "A \"title\"",
                                                          .version = "1",
                                                          .description = "Of tests.",
                                                          .schemas = R"({"Person":{"type":"object"}})",
                                                          .problem_types = {"/problems/full"}});
  io::JsonParser parser;
  ASSERT_TRUE(parser.parse(document)) << document;
  const auto has = [&](std::string_view text) { return document.find(text) != std::string::npos; };
  EXPECT_TRUE(has(R"("openapi":"3.1.0")"));
  EXPECT_TRUE(has(R"("schema":{"type":"integer","minimum":1,"maximum":100,"default":20})"));
  EXPECT_TRUE(has(R"("name":"person","in":"path","required":true)"));
  EXPECT_TRUE(has(R"("security":[{"bearer":["score:read"]},{"key_in_query":["score:read"]},)"
                  R"({"bearer":["admin"]},{"key_in_query":["admin"]}])"));
  EXPECT_TRUE(has(R"("key_in_query":{"type":"apiKey","in":"query","name":"key"})"));
  EXPECT_TRUE(has(R"("4XX":{"description":"What went wrong, in one sentence.",)"
                  R"("content":{"application/json":{"schema":{"title":"foreign"}}}})"));
  EXPECT_TRUE(has(R"("requestBody":{"required":true,"content":{"text/plain")"));
  EXPECT_TRUE(has(R"("Person":{"type":"object"},"Problem":)"));
  EXPECT_TRUE(has(R"("format":"uri-reference","enum":["about:blank","/problems/full"]})"));
  EXPECT_FALSE(has("/slow"));
}

TEST(Problem, ASentenceOfTheServersOwnTroubleIsForTheLogAlone) {
  const Response ours = problem(Error{ErrorCode::io, "/srv/people.db: no space left"});
  EXPECT_EQ(ours.status, 503);
  EXPECT_EQ(ours.body.bytes().find("/srv"), std::string_view::npos);
  const Response theirs = problem(Error{ErrorCode::not_found, "there is no person \"ann\""});
  EXPECT_EQ(theirs.body.bytes(),
            R"({"type":"about:blank","title":"Not Found","status":404,"detail":"there is no person \"ann\""})");
  EXPECT_EQ(theirs.content_type, "application/problem+json");
}

}  // namespace
}  // namespace renown::http
