#include "api/klout_route.h"

#include <utility>

#include "api/answers.h"
#include "api/caller.h"
#include "api/routes.h"
#include "http/problem.h"

namespace renown::api {
namespace {

constexpr std::string_view kNoKey = "the API key is missing or not valid: every call must have one, as key=...";
constexpr std::string_view kRefusedPurpose =
    "this API key is for a purpose that is refused: a score must not decide about work, money, a home or insurance";

int klout_status(int status) {
  if (status == 401 || status == 429) return 403;
  return status == 400 || status == 409 ? 404 : status;
}

}  // namespace

http::Response klout_error(http::Response problem) {
  const std::string sentence = problem.status == 401 ? std::string(kNoKey) : http::problem_sentence(problem);
  http::Response error{.status = klout_status(problem.status)};
  for (const http::Header& header : problem.headers) {
    if (!net::same_name(header.name, "WWW-Authenticate")) error.headers.add(header.name, header.value);
  }
  JsonText json = compact_json();
  json.begin_object();
  json.count("error", static_cast<std::uint64_t>(error.status));
  json.text("description", sentence);
  json.end_object();
  error.body = std::move(json).take();
  return error;
}

http::Route klout_route(Context& context, std::string path, std::string id, std::string summary, std::string schema,
                        KloutHandle handle) {
  http::Handler handler = [&context, handle = std::move(handle)](const http::Request& request) {
    const auto& key = caller_of(request).key;
    if (!key) return http::problem(401, kNoKey);
    if (access::is_refused_purpose(key->purpose)) return http::problem(403, kRefusedPurpose);
    auto response = handle(KloutAsker(context, *key), request);
    return response ? std::move(*response) : http::problem(response.error());
  };
  return {.path = std::move(path),
          .id = std::move(id),
          .summary = std::move(summary),
          .tag = "klout",
          .answers = {{.description = "As Klout answered.", .schema = schema_ref(schema)}},
          .scopes = {"lookup", "score:read"},
          .takes_key_in_query = true,
          .errors = http::ErrorShape{.schema = schema_ref("KloutError"), .write = klout_error},
          .run_on = http::RunOn::workers,
          .handler = std::move(handler)};
}

std::vector<http::Route> klout_routes(Context& context) {
  std::vector<http::Route> routes = klout_v2_routes(context);
  for (http::Route& route : klout_v1_routes(context)) routes.push_back(std::move(route));
  return routes;
}

}  // namespace renown::api
