/// /v1/admin/backups: the backups that the service makes of itself.

#include "api/admin_route.h"
#include "api/answers.h"
#include "api/backups.h"
#include "api/problem_types.h"
#include "api/routes.h"
#include "base/time.h"
#include "http/problem.h"

namespace renown::api {
namespace {

Result<http::Response> list_backups(const Context& context) {
  const BackupState state = context.backups.state();
  JsonText json = compact_json();
  json.begin_object();
  json.boolean("is_on", state.is_on);
  json.boolean("is_running", state.is_running);
  state.problem.empty() ? json.null("problem") : json.text("problem", state.problem);
  time_or_null(json, "next", state.next.value_or(0));
  json.begin_array("items");
  for (const Backup& backup : state.backups) {
    json.begin_object();
    json.text("name", backup.name);
    json.text("made", base::format_time(backup.made));
    json.count("size_bytes", backup.size_bytes);
    json.end_object();
  }
  json.end_array();
  json.end_object();
  return json_answer(std::move(json));
}

Result<http::Response> back_up_now(Context& context) {
  if (!context.backups.state().is_on) {
    return http::problem(409, "no folder for backups was named: start the service with --backups FOLDER",
                         kProblemNoBackups);
  }
  context.backups.request();
  return http::Response{.status = 202, .body = "{}"};
}

}  // namespace

std::vector<http::Route> backup_routes(Context& context) {
  std::vector<http::Route> routes = {
      admin_route("GET", "backups", "list_backups", "The backups that the service makes of itself.",
                  answering([&](const auto&) { return list_backups(context); })),
      admin_route("POST", "backups", "back_up_now", "Makes a backup now.",
                  answering([&](const auto&) { return back_up_now(context); }))};
  routes[0].answers = {{.description = "What there is.", .schema = schema_ref("Backups")}};
  routes[1].answers = {{.status = 202, .description = "It will be done.", .schema = R"({"type":"object"})"},
                       {.status = 409, .description = "No folder for backups was named."}};
  return routes;
}

}  // namespace renown::api
