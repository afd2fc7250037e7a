#include "http/service.h"

#include <stdexcept>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "http/problem.h"
#include "http/rate_limit.h"
#include "http/static_files.h"

namespace renown::http {
namespace {

/// What a service answers, as the server asks it.
Response ask(const Service& service, Request request) {
  const Service::Admission admission = service.admit(request, {});
  Response response = admission.refusal ? *admission.refusal : service.answer(request, *admission.route);
  service.finish(request, admission.headers, response);
  return response;
}

Router page_routes() {
  auto page = std::make_shared<const StaticFile>(std::string(5'000, 'a'), "text/html", Keep::ask_each_time);
  return *Router::make({static_route("/", "page", std::move(page))});
}

TEST(Service, APageThatDidNotChangeIsSentOnce) {
  const Service service(page_routes());
  for (const char* encoding : {"gzip", "identity"}) {
    const Request first{.method = "GET", .path = "/", .headers = {{"Accept-Encoding", encoding}}};
    const Response whole = ask(service, first);
    ASSERT_EQ(whole.status, 200);
    Request again = first;
    again.headers.add("If-None-Match", std::string(*whole.headers.find("ETag")));
    const Response same = ask(service, again);
    EXPECT_EQ(same.status, 304) << encoding;
    EXPECT_EQ(same.body.size(), 0u);
    EXPECT_EQ(same.headers.find("Cache-Control"), "no-cache");
  }
}

TEST(Service, WhatNobodyHasIsAnsweredByNowhereOrByAProblem) {
  const Service service(page_routes(), {.nowhere = [](const Request& request) -> std::optional<Response> {
                          if (request.path == "/silent") return std::nullopt;
                          return Response{.status = 404, .content_type = "text/html", .body = "no such page"};
                        }});
  for (const char* method : {"GET", "HEAD"})
    EXPECT_EQ(ask(service, {.method = method, .path = "/gone"}).content_type, "text/html") << method;
  EXPECT_EQ(ask(service, {.method = "GET", .path = "/gone"}).status, 404);
  EXPECT_EQ(ask(service, {.method = "GET", .path = "/silent"}).content_type, kProblemType);
  EXPECT_EQ(ask(service, {.method = "POST", .path = "/gone"}).content_type, kProblemType);
  EXPECT_EQ(ask(service, {.method = "POST", .path = "/"}).status, 405) << "there is something, only not that";
  EXPECT_EQ(ask(Service(page_routes()), {.method = "GET", .path = "/gone"}).content_type, kProblemType);
}

TEST(Service, WhatDidNotChangeHasTheHeadersOfTheWhole) {
  const Service service(*Router::make({{.path = "/score", .id = "score", .summary = "", .handler = [](const Request&) {
                                          return Response{.content_type = "application/json",
                                                          .body = std::string(5'000, '1'),
                                                          .headers = {{"ETag", "\"a\""}}};
                                        }}}));
  for (const auto& [encoding, etag] : {std::pair("gzip", "\"a-gzip\""), std::pair("identity", "\"a\"")}) {
    Request request{.method = "GET", .path = "/score", .headers = {{"Accept-Encoding", encoding}}};
    const Response whole = ask(service, request);
    EXPECT_EQ(whole.status, 200);
    EXPECT_EQ(whole.headers.find("ETag"), etag);
    EXPECT_EQ(whole.headers.find("Content-Encoding").has_value(), encoding == std::string("gzip"));
    request.headers.add("If-None-Match", etag);
    const Response same = ask(service, request);
    EXPECT_EQ(same.status, 304);
    EXPECT_EQ(same.headers.find("ETag"), etag);
    EXPECT_EQ(same.headers.find("Vary"), "Accept-Encoding");
    EXPECT_FALSE(same.headers.find("Content-Encoding"));
  }
}

TEST(Service, AGuardMakesNoHeaderThatCannotBeSent) {
  for (const char* name : {"X-A", "Content-Length", "Date"}) {
    std::string said;
    const Service service(page_routes(),
                          {.guard = [&](Request&, const Route&, Headers& headers) -> std::optional<Response> {
                             headers.add(name, name == std::string("X-A") ? "1\r\nX-B: 2" : "1");
                             return std::nullopt;
                           },
                           .error_log = [&](std::string_view sentence) { said = sentence; }});
    const Response response = ask(service, {.method = "GET", .path = "/"});
    EXPECT_EQ(response.status, 500) << name;
    EXPECT_FALSE(response.headers.find(name)) << name;
    EXPECT_TRUE(said.contains("guard")) << said;
  }
}

/// A route of another API: its errors are {"error":status,"words":...}.
Route foreign_route(Handler handler) {
  return {.path = "/old/{id}",
          .id = "old",
          .summary = "",
          .parameters = {{.name = "id", .description = "", .most_bytes = 4}},
          .takes_key_in_query = true,
          .errors = ErrorShape{.write =
                                   [](Response problem) {
                                     Response error{.status = problem.status, .headers = problem.headers};
                                     error.body = fmt::format(R"({{"error":{},"words":"{}"}})", problem.status,
                                                              problem_sentence(problem));
                                     return error;
                                   }},
          .handler = std::move(handler)};
}

TEST(Service, ARouteHasErrorsInItsOwnShapeWhoeverMakesThem) {
  bool is_refused = false;
  std::string failure;
  const auto handle = [&](const Request&) -> Response {
    if (failure == "throws") throw std::runtime_error("secret");
    return failure.empty() ? Response{.body = "[]"} : problem(404, failure);
  };
  const Service service(*Router::make({foreign_route(handle)}),
                        {.guard = [&](Request&, const Route&, Headers&) -> std::optional<Response> {
                          if (!is_refused) return std::nullopt;
                          return problem(403, "no key");
                        }});
  const auto answer = [&](std::string path, std::string query) {
    const Response response = ask(service, {.method = "GET", .path = std::move(path), .query = std::move(query)});
    EXPECT_EQ(response.content_type, "application/json");
    return std::string(response.body.bytes());
  };
  EXPECT_EQ(answer("/old/7/", "key=k"), "[]");
  EXPECT_EQ(answer("/old/12345", ""), R"({"error":400,"words":"in the path, 'id' must be a text of 1 to 4 bytes"})");
  EXPECT_TRUE(answer("/old/7", "keys=k").starts_with(R"({"error":400,"words":"the query has no parameter 'keys')"));
  failure = "there is no 7";
  EXPECT_EQ(answer("/old/7", ""), R"({"error":404,"words":"there is no 7"})");
  failure = "throws";
  EXPECT_TRUE(answer("/old/7", "").starts_with(R"({"error":500,)"));
  is_refused = true;
  EXPECT_EQ(answer("/old/7", ""), R"({"error":403,"words":"no key"})");
  EXPECT_EQ(ask(service, {.method = "GET", .path = "/nothing"}).content_type, kProblemType);
}

TEST(Service, WhatStrangersAreNotToldTheOperatorIs) {
  for (const bool in_guard : {false, true}) {
    std::string said;
    const auto fail = [] { return problem(Error{ErrorCode::io, "the disk is full"}); };
    const Service service(
        *Router::make({{.path = "/", .id = "page", .summary = "s", .handler = [&](const auto&) { return fail(); }}}),
        {.guard = [&](Request&, const Route&, Headers&) -> std::optional<Response> {
           if (in_guard) return fail();
           return std::nullopt;
         },
         .error_log = [&](std::string_view sentence) { said = sentence; }});
    const Response response = ask(service, {.method = "GET", .path = "/"});
    EXPECT_EQ(response.status, 503);
    EXPECT_FALSE(response.body.bytes().contains("disk"));
    EXPECT_TRUE(said.contains("page") && said.contains("the disk is full")) << said;
  }
}

TEST(Service, WhoAsksTooOftenIsToldWhenToComeAgain) {
  double now = 100;
  RateLimiter limiter({.quota = 2, .window_seconds = 10}, 7);
  const Service service(page_routes(),
                        {.guard = [&](Request& request, const Route&, Headers& headers) -> std::optional<Response> {
                          const RateVerdict verdict = limiter.take(request.client, now);
                          if (!verdict.is_allowed) return too_many_requests(limiter.policy(), verdict);
                          add_rate_headers(limiter.policy(), verdict, headers);
                          return std::nullopt;
                        }});
  const Request request{.method = "GET", .path = "/", .client = "1.2.3.4"};
  EXPECT_EQ(ask(service, request).headers.find("RateLimit"), "\"default\";r=1;t=5");
  EXPECT_EQ(ask(service, request).status, 200);
  const Response refused = ask(service, request);
  EXPECT_EQ(refused.status, 429);
  EXPECT_EQ(refused.headers.find("Retry-After"), "5");
  EXPECT_EQ(refused.headers.find("RateLimit"), "\"default\";r=0;t=10");
  now += 5;
  EXPECT_EQ(ask(service, request).status, 200);
}

}  // namespace
}  // namespace renown::http
