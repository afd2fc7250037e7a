#include "http/router.h"

#include <gtest/gtest.h>

namespace renown::http {
namespace {

Route route(std::string method, std::string path, std::string id, std::vector<Parameter> parameters = {}) {
  return {.method = std::move(method),
          .path = std::move(path),
          .id = std::move(id),
          .summary = "",
          .parameters = std::move(parameters),
          .handler = [](const Request&) { return Response{}; }};
}

Router some_routes() {
  const Parameter id{.name = "id", .description = "", .most_bytes = 8};
  return *Router::make({route("GET", "/", "root"), route("GET", "/people", "people"),
                        route("POST", "/people", "add_person"), route("GET", "/people/me", "me"),
                        route("GET", "/people/{id}", "person", {id}), route("GET", "/people/{id}/score", "score", {id}),
                        route("DELETE", "/people/{id}", "remove", {id}),
                        route("GET", "/v2/user.json/{id}", "klout",
                              {id,
                               {.name = "limit",
                                .description = "",
                                .type = ParameterType::integer,
                                .least = 1,
                                .most = 100,
                                .fallback = std::int64_t{20}},
                               {.name = "share", .description = "", .type = ParameterType::number, .most = 1},
                               {.name = "full", .description = "", .type = ParameterType::boolean},
                               {.name = "sort", .description = "", .choices = {"score", "name"}},
                               {.name = "key", .description = "", .is_required = true}})});
}

TEST(Router, FindsOneRouteForMethodAndPath) {
  const Router router = some_routes();
  struct Case {
    const char *method, *path, *wanted;  ///< an id, or what is allowed in brackets
  };
  for (const Case& each : std::vector<Case>{
           {"GET", "/", "root"},
           {"HEAD", "/people", "people"},
           {"GET", "/people/", "people"},
           {"POST", "/people", "add_person"},
           {"GET", "/people/me", "me"},
           {"GET", "/people/7", "person"},
           {"DELETE", "/people/7", "remove"},
           {"GET", "/people/me/score", "score"},
           {"GET", "/people/7/score/", "score"},
           {"GET", "/v2/user.json/7", "klout"},
           {"PUT", "/people/7", "[DELETE, GET, HEAD, OPTIONS]"},
           {"HEAD", "/people/7/nothing", "[]"},
           {"DELETE", "/people/me", "[GET, HEAD, OPTIONS]"},
           {"OPTIONS", "/people", "[GET, HEAD, OPTIONS, POST]"},
           {"get", "/people", "[GET, HEAD, OPTIONS, POST]"},
           {"GET", "/people//", "[]"},
           {"GET", "//", "[]"},
           {"GET", "/people//score", "[]"},
           {"GET", "/v2", "[]"},
           {"GET", "/People", "[]"},
           {"GET", "people", "[]"},
           {"GET", "", "[]"},
       }) {
    const Match match = router.find(each.method, each.path);
    EXPECT_EQ(match.route != nullptr ? match.route->id : "[" + match.allow + "]", each.wanted)
        << each.method << " " << each.path;
  }
}

TEST(Router, ChecksArgumentsBeforeTheHandlerRuns) {
  const Router router = some_routes();
  struct Case {
    const char *path, *query, *wanted;
  };
  for (const Case& each : std::vector<Case>{
           {"/v2/user.json/7", "key=k", ""},
           {"/v2/user.json/7", "&key=k&&", ""},
           {"/v2/user.json/7", "k%65y=a+b%20c&limit=100&share=0.5&full=true&sort=name", ""},
           {"/v2/user.json/7", "", "the query must give 'key'"},
           {"/v2/user.json/7", "key=", "'key' must be a text of 1 to 256 bytes"},
           {"/v2/user.json/7", "key=k&key=k", "'key' is given twice; give it once"},
           {"/v2/user.json/7", "key=k&limit=0", "'limit' must be a whole number from 1 to 100"},
           {"/v2/user.json/7", "key=k&limit=101", "'limit' must be a whole number from 1 to 100"},
           {"/v2/user.json/7", "key=k&limit=1.0", "'limit' must be a whole number from 1 to 100"},
           {"/v2/user.json/7", "key=k&limit=9999999999999999999", "'limit' must be a whole number from 1 to 100"},
           {"/v2/user.json/7", "key=k&limit=", "'limit' must be a whole number from 1 to 100"},
           {"/v2/user.json/7", "key=k&share=nan", "'share' must be a number of 1 or less"},
           {"/v2/user.json/7", "key=k&share=-inf", "'share' must be a number of 1 or less"},
           {"/v2/user.json/7", "key=k&full=1", "'full' must be true or false"},
           {"/v2/user.json/7", "key=k&sort=x", "'sort' must be one of score, name"},
           {"/v2/user.json/7", "key=k&x%0a=1", "the query is not percent-encoded UTF-8 without control characters"},
           {"/v2/user.json/7", "key=%f", "the query is not percent-encoded UTF-8 without control characters"},
           {"/v2/user.json/7", "key=%ff", "the query is not percent-encoded UTF-8 without control characters"},
           {"/v2/user.json/7", "key=%00", "the query is not percent-encoded UTF-8 without control characters"},
           {"/v2/user.json/7", "key=k&other=1",
            "the query has no parameter 'other'; there are limit, share, full, sort, key"},
           {"/v2/user.json/7", "id=8&key=k",
            "the query has no parameter 'id'; there are limit, share, full, sort, key"},
           {"/people/7", "a=1", "this address takes no query, and 'a' was given"},
           {"/people/123456789", "", "in the path, 'id' must be a text of 1 to 8 bytes"},
           {"/people/%2e%2e", "", "there is nothing at this path"},
           {"/people/%zz", "", "there is nothing at this path"},
       }) {
    const Match match = router.find("GET", each.path);
    ASSERT_NE(match.route, nullptr) << each.path;
    Request request{.method = "GET", .path = each.path, .query = each.query};
    const auto read = Router::read_arguments(match, request);
    EXPECT_EQ(read ? "" : read.error().sentence, each.wanted) << each.path << "?" << each.query;
  }
}

TEST(Router, AHandlerIsGivenValuesAndFallbacks) {
  const Router router = some_routes();
  Request request{.method = "GET", .path = "/v2/user.json/a%2Fb", .query = "key=a+b%20c&share=0.5&full=true"};
  ASSERT_TRUE(Router::read_arguments(router.find("GET", request.path), request));
  EXPECT_EQ(request.arguments.text("id"), "a/b");
  EXPECT_EQ(request.arguments.text("key"), "a b c");
  EXPECT_EQ(request.arguments.integer("limit"), 20);
  EXPECT_EQ(request.arguments.number("share"), 0.5);
  EXPECT_EQ(request.arguments.boolean("full"), true);
  EXPECT_EQ(request.arguments.text("sort"), std::nullopt);
  EXPECT_EQ(request.arguments.text("limit"), std::nullopt) << "of another type";
}

TEST(Router, ATableThatContradictsItselfIsNoTable) {
  const Parameter id{.name = "id", .description = ""};
  EXPECT_FALSE(Router::make({route("GET", "a", "a")}));
  EXPECT_FALSE(Router::make({route("GET", "/a", "a"), route("GET", "/a", "b")}));
  EXPECT_FALSE(Router::make({route("GET", "/a", "a"), route("GET", "/b", "a")}));
  EXPECT_FALSE(Router::make({route("GET", "/{id}", "a")}));
  for (const char* path : {"/{id}.svg", "/x{id}", "/{id}{id}", "/{id}/{id}", "/{id", "/id}", "/{{id}}"}) {
    EXPECT_FALSE(Router::make({route("GET", path, "a", {id})})) << path;
  }
  EXPECT_FALSE(Router::make(
      {route("GET", "/{id}", "a", {id}), route("GET", "/{other}", "b", {{.name = "other", .description = ""}})}));
  EXPECT_FALSE(Router::make({{.path = "/", .id = "no_handler", .summary = "", .handler = {}}}));
  EXPECT_FALSE(Router::make({route("GET", "/", "a", {{.name = "n", .description = "", .least = 2, .most = 1}})}));
}

TEST(Query, AValueByItsName) {
  struct Case {
    const char *query, *name;
    std::optional<std::string> wanted;
  };
  for (const auto& [query, name, wanted] : std::vector<Case>{{"", "key", std::nullopt},
                                                             {"key=k", "key", "k"},
                                                             {"key", "key", ""},
                                                             {"key=", "key", ""},
                                                             {"a=1&key=%6B+x&b=2", "key", "k x"},
                                                             {"%6Bey=k", "key", "k"},
                                                             {"keys=k&xkey=k", "key", std::nullopt},
                                                             {"a=key=k", "key", std::nullopt},
                                                             {"&&key=a=b", "key", "a=b"},
                                                             {"key=%zz", "key", std::nullopt},
                                                             {"key=1&key=2", "key", "1"}})
    EXPECT_EQ(query_value(query, name), wanted) << query;
}

}  // namespace
}  // namespace renown::http
