// A small service on src/http, for the tests beside it: prints its OpenAPI document (--openapi), or serves until its
// standard input ends, after printing its port.
#include <chrono>
#include <cstdio>
#include <string_view>

#include <fmt/format.h>

#include "http/openapi.h"
#include "http/problem.h"
#include "http/server.h"
#include "http/static_files.h"

using namespace renown;

namespace {

std::vector<http::Route> routes() {
  const http::Parameter person{.name = "person", .description = "Number of the person.", .most_bytes = 18};
  std::vector<http::Route> table;
  table.push_back(
      {.path = "/v1/people/{person}/score",
       .id = "get_score",
       .summary = "The score of one person, or that there is none.",
       .tag = "people",
       .parameters = {person,
                      {.name = "purpose",
                       .description = "What the score is wanted for.",
                       .is_required = true,
                       .choices = {"own", "service", "research"}},
                      {.name = "days",
                       .description = "How many days of history.",
                       .type = http::ParameterType::integer,
                       .least = 1,
                       .most = 90,
                       .fallback = std::int64_t{7}},
                      {.name = "least",
                       .description = "Leaves out what is lower.",
                       .type = http::ParameterType::number,
                       .least = 0.5},
                      {.name = "full", .description = "With the reasons.", .type = http::ParameterType::boolean}},
       .answers = {{.description = "The score.", .schema = R"({"$ref":"#/components/schemas/Score"})"}},
       .scopes = {"score:read"},
       .handler = [](const http::Request&) { return http::Response{.body = R"({"score":63.4})"}; }});
  table.push_back({.method = "POST",
                   .path = "/v1/people",
                   .id = "add_person",
                   .summary = "Adds a person.",
                   .tag = "people",
                   .body = http::RequestBody{.content_type = "application/x-www-form-urlencoded",
                                             .schema = R"({"type":"object"})",
                                             .most_bytes = 8 << 10},
                   .answers = {{.status = 201, .description = "The person.", .schema = R"({"type":"object"})"}},
                   .scopes = {"admin"},
                   .run_on = http::RunOn::workers,
                   .handler = [](const http::Request&) { return http::Response{.status = 201, .body = "{}"}; }});
  table.push_back({.method = "DELETE",
                   .path = "/v1/people/{person}",
                   .id = "remove_person",
                   .summary = "Removes a person.",
                   .tag = "people",
                   .parameters = {person},
                   .answers = {{.status = 204, .description = "It is done.", .content_type = ""}},
                   .scopes = {"admin"},
                   .handler = [](const http::Request&) { return http::Response{.status = 204}; }});
  table.push_back(http::static_route(
      "/page", "page",
      std::make_shared<const http::StaticFile>(std::string(1 << 20, 'x'), "image/png", http::Keep::ask_each_time)));
  return table;
}

int fail(std::string_view why) {
  fmt::print(stderr, "{}\n", why);
  return 1;
}

}  // namespace

int main(int count, char** arguments) {
  auto router = http::Router::make(routes());
  if (!router) return fail(router.error().message);
  if (count > 1 && std::string_view(arguments[1]) == "--openapi") {
    fmt::print("{}\n",
               http::openapi_document(
                   *router, {.title = "A sample",
                             .version = "1.0.0",
                             .description = "What the document of a service looks like.",
                             .server = "https://renown.example",
                             .tags = {{"people", "Who is scored."}},
                             .schemas = R"({"Score":{"type":"object","properties":{"score":{"type":"number"}}}})"}));
    return 0;
  }
  http::Service service(std::move(*router));
  auto server = http::Server::start(service, {.limits = {.connections_per_address = 0,
                                                         .head_time = std::chrono::seconds(5),
                                                         .body_time = std::chrono::seconds(5),
                                                         .write_time = std::chrono::seconds(5)}});
  if (!server) return fail(server.error().message);
  fmt::print("{}\n", (*server)->port());
  std::fflush(stdout);
  while (std::getchar() != EOF) continue;
  (*server)->stop(std::chrono::seconds(1));
  return 0;
}
