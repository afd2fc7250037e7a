/// /healthz, /readyz, /metrics, /openapi.json: the program itself.

#include "api/system.h"

#include <memory>

#include "api/answers.h"
#include "api/caller.h"
#include "api/routes.h"
#include "http/problem.h"

namespace renown::api {
namespace {

bool is_loopback(std::string_view client) {
  return client == "127.0.0.1" || client == "::1";
}

http::Response plain(std::string text) {
  http::Response response{.content_type = "text/plain; charset=utf-8", .body = std::move(text)};
  response.headers.add("Cache-Control", "no-store");
  return response;
}

/// Ready: there are scores, or nothing to score, and no run that failed.
http::Response get_ready(Context& context) {
  const instance::Standing standing = context.instance.standing();
  if (!standing.score_problem.empty()) return http::problem(503, "the last run failed: see the log of the server");
  return plain("ready\n");
}

}  // namespace

std::vector<http::Route> system_routes(Context& context, const SystemTexts& texts) {
  std::vector<http::Route> routes;
  routes.push_back({.path = "/healthz",
                    .id = "get_health",
                    .summary = "Whether the program answers.",
                    .tag = "system",
                    .answers = {{.description = "It does.", .content_type = "text/plain"}},
                    .handler = [](const auto&) { return plain("ok\n"); }});
  routes.push_back({.path = "/readyz",
                    .id = "get_readiness",
                    .summary = "Whether its folder and its scores are in order.",
                    .tag = "system",
                    .answers = {{.description = "They are.", .content_type = "text/plain"}},
                    .handler = [&](const auto&) { return get_ready(context); }});
  routes.push_back({.path = "/metrics",
                    .id = "get_metrics",
                    .summary = "Counters for Prometheus: for this machine and operators.",
                    .tag = "system",
                    .answers = {{.description = "The metrics.", .content_type = "text/plain"}},
                    .handler = [&texts](const http::Request& request) {
                      if (!is_loopback(request.client) && !caller_of(request).is_operator())
                        return http::problem(403, "metrics are for operators");
                      return plain(texts.metrics());
                    }});
  routes.push_back({.path = "/openapi.json",
                    .id = "get_description",
                    .summary = "This description.",
                    .tag = "system",
                    .answers = {{.description = "OpenAPI 3.1.", .schema = R"({"type":"object"})"}},
                    .handler = [&texts](const http::Request&) {
                      http::Response response{.body = std::make_shared<const std::string>(texts.description)};
                      response.headers.add("ETag", texts.description_etag);
                      response.headers.add("Cache-Control", "public, no-cache");
                      return response;
                    }});
  return routes;
}

}  // namespace renown::api
