/// /v1/admin/...: running the instance: state, sources, runs, people, log-ins. Findings stand in
/// admin_finding.cc.

#include <algorithm>

#include <fmt/format.h>

#include "access/page.h"
#include "api/admin_route.h"
#include "api/answers.h"
#include "api/caller.h"
#include "api/explained.h"
#include "api/problem_types.h"
#include "api/routes.h"
#include "api/sources_of.h"
#include "base/time.h"

namespace renown::api {
namespace {

constexpr std::size_t kPeoplePage = 100;
constexpr std::size_t kRunsPage = 50;

void write_run(JsonText& json, std::string_view key, const instance::PublishedRun& run) {
  json.begin_object(key);
  id_text(json, "id", run.number);
  json.text("as_of", base::format_time(run.as_of));
  json.text("model", run.model);
  json.text("protection", run.is_protected ? "verified" : "unprotected");
  json.number("observed_verified_share", run.observed_verified_share);
  json.text("published", base::format_time(run.published));
  json.count("rows", run.rows);
  json.count("people", run.people);
  json.count("scored", run.scored);
  json.number("seconds", run.seconds);
  json.end_object();
}

Result<http::Response> get_state(Context& context) {
  const instance::Standing standing = context.instance.standing();
  const auto published = context.instance.published();
  const auto directory = context.instance.directory();
  const auto sources = context.instance.sources();
  JsonText json = compact_json();
  json.begin_object();
  json.count("people", directory->people().size());
  json.count("sources", sources->size());
  if (published->run()) {
    write_run(json, "run", *published->run());
  } else {
    json.null("run");
  }
  if (standing.job) {
    json.begin_object("job");
    json.text("name", standing.job->job);
    json.text("stage", standing.job->stage);
    json.count("done", standing.job->done);
    json.count("total", standing.job->total);
    json.end_object();
  } else {
    json.null("job");
  }
  time_or_null(json, "next_sync", standing.next_sync.value_or(0));
  json.boolean("reasons_ready", context.instance.reasons() != nullptr);
  json.begin_array("warnings");
  for (const std::string* problem : {&standing.sync_problem, &standing.score_problem}) {
    if (!problem->empty()) json.text("", *problem);
  }
  json.end_array();
  json.end_object();
  return json_answer(std::move(json));
}

// -- sources

Result<http::Response> list_sources(Context& context) {
  JsonText json = compact_json();
  json.begin_object();
  json.begin_array("items");
  const auto sources = context.instance.sources();
  for (const log::Source& source : *sources) {
    json.begin_object();
    json.text("name", source.name);
    json.text("connector", source.connector);
    json.text("network", source.network);
    optional_text(json, "account", source.account);
    optional_text(json, "server", source.server);
    write_source_state(json, source);
    json.count("rows", source.added);
    json.end_object();
  }
  json.end_array();
  json.end_object();
  return json_answer(std::move(json));
}

http::Response accepted() {
  return {.status = 202, .body = "{}"};
}

Result<http::Response> sync_source(Context& context, const http::Request& request) {
  const std::string name(*request.arguments.text("source"));
  const auto sources = context.instance.sources();
  if (std::ranges::find(*sources, name, &log::Source::name) == sources->end())
    return Error{ErrorCode::not_found, "there is no source of that name"};
  context.instance.request_sync({name});
  return accepted();
}

// -- runs

Result<http::Response> list_runs(Context& context, const http::Request& request) {
  std::int64_t before = 0;
  if (const auto cursor = request.arguments.text("cursor")) {
    const auto place = access::parse_cursor(*cursor);
    if (!place) return place.error();
    before = *place;
  }
  const auto runs = context.instance.runs(before, kRunsPage + 1);
  if (!runs) return runs.error();
  JsonText json = compact_json();
  json.begin_object();
  json.begin_array("items");
  for (std::size_t i = 0; i < std::min(runs->size(), kRunsPage); ++i) write_run(json, "", (*runs)[i]);
  json.end_array();
  runs->size() > kRunsPage ? json.text("next", access::cursor_text((*runs)[kRunsPage - 1].number)) : json.null("next");
  json.end_object();
  return json_answer(std::move(json));
}

// -- people

void write_member(JsonText& json, const Context& context, const people::Person& person) {
  json.begin_object();
  id_text(json, "id", person.id);
  json.text("name", person.name);
  json.text("basis", people::basis_name(person.basis));
  optional_text(json, "verified", person.verified ? people::verified_name(*person.verified) : "");
  optional_text(json, "inviter", person.inviter);
  json.boolean("cut", person.cut);
  json.begin_array("accounts");
  for (const people::LinkedAccount& linked : person.accounts)
    json.text("", fmt::format("{}:{}", linked.account.network, linked.account.account));
  json.end_array();
  const auto published = context.instance.published();
  json.boolean("scored", published->card(person.id) != nullptr);
  json.end_object();
}

Result<http::Response> list_people(Context& context, const http::Request& request) {
  const std::string_view query = request.arguments.text("query").value_or("");
  std::int64_t after = 0;
  if (const auto cursor = request.arguments.text("cursor")) {
    const auto place = access::parse_cursor(*cursor);
    if (!place) return place.error();
    after = *place;
  }
  const auto directory = context.instance.directory();
  JsonText json = compact_json();
  json.begin_object();
  json.begin_array("items");
  std::size_t written = 0;
  std::int64_t last = 0;
  bool more = false;
  for (const people::Person& person : directory->people()) {
    if (person.id <= after || person.name.find(query) == std::string::npos) continue;
    if (written == kPeoplePage) {
      more = true;
      break;
    }
    write_member(json, context, person);
    last = person.id;
    ++written;
  }
  json.end_array();
  more ? json.text("next", access::cursor_text(last)) : json.null("next");
  json.end_object();
  return json_answer(std::move(json));
}

Result<const people::Person*> person_argument(const instance::Directory& directory, const http::Request& request) {
  const auto id = id_argument(request, "person");
  if (!id) return id.error();
  const people::Person* person = directory.find(*id);
  if (person == nullptr) return Error{ErrorCode::not_found, "there is no such person"};
  return person;
}

Result<http::Response> verify(Context& context, const http::Request& request) {
  const auto directory = context.instance.directory();
  const auto person = person_argument(*directory, request);
  if (!person) return person.error();
  const auto object = RequestObject::read(request);
  if (!object) return object.error();
  const auto verified = object->boolean("verified");
  if (!verified) return verified.error();
  auto changed = context.instance.change_people([&](pipeline::PeopleFolder& folder) {
    people::PeopleRegistry& registry = folder.registry();
    return *verified ? registry.verify((*person)->name, people::VerifiedBy::operator_list, context.now())
                     : registry.unverify((*person)->name, context.now());
  });
  if (!changed) return changed.error();
  return nothing_to_say();
}

Result<http::Response> cut_branch(Context& context, const http::Request& request) {
  const auto directory = context.instance.directory();
  const auto person = person_argument(*directory, request);
  if (!person) return person.error();
  auto changed = context.instance.change_people(
      [&](pipeline::PeopleFolder& folder) { return folder.registry().cut((*person)->name, context.now()); });
  if (!changed) return changed.error();
  return nothing_to_say();
}

// -- log-ins

void write_login(JsonText& json, const access::Login& login) {
  json.begin_object();
  id_text(json, "id", login.id);
  json.text("name", login.display_name);
  json.text("role", access::role_name(login.role));
  login.person != 0 ? id_text(json, "person", login.person) : json.null("person");
  json.boolean("has_password", login.has_password);
  time_or_null(json, "created", login.created);
  json.end_object();
}

Result<http::Response> list_logins(Context& context) {
  const auto logins = context.access.logins().all();
  if (!logins) return logins.error();
  JsonText json = compact_json();
  json.begin_object();
  json.begin_array("items");
  for (const access::Login& login : *logins) write_login(json, login);
  json.end_array();
  json.end_object();
  return json_answer(std::move(json));
}

/// A log-in for a person who is here, or for another operator, and a link to get in with.
Result<http::Response> make_login(Context& context, const http::Request& request) {
  const auto object = RequestObject::read(request);
  if (!object) return object.error();
  const auto name = object->text("name", 100);
  if (!name) return name.error();
  const auto role = object->optional_text("role", 20);
  if (!role) return role.error();
  const auto parsed = access::parse_role(role->value_or("person"));
  if (!parsed) return bad_input("\"role\" must be person or operator");
  access::NewLogin login{.role = *parsed, .name = *name, .display_name = *name};
  const auto directory = context.instance.directory();
  if (const people::Person* person = directory->named(*name)) login.person = person->id;
  if (*parsed == access::Role::person && login.person == 0)
    return Error{ErrorCode::not_found, "there is no person of that name: invite them instead"};
  const access::LoginId by = caller_of(request).login();
  const auto made = context.access.logins().make(login, by, context.now());
  if (!made) return problem_of(made.error(), made.error().code == ErrorCode::usage ? kProblemNameTaken : "");
  const auto link = context.access.links().make_log_in(made->id, context.now());
  if (!link) return link.error();
  JsonText json = compact_json();
  json.begin_object();
  id_text(json, "id", made->id);
  json.text("url", fmt::format("{}/log-in/{}", context.public_url, link->token));
  time_or_null(json, "expires", link->link.expires);
  json.end_object();
  http::Response response = json_answer(std::move(json), 201);
  response.may_compress = false;
  return response;
}

Result<http::Response> remove_login(Context& context, const http::Request& request) {
  const auto id = id_argument(request, "login");
  if (!id) return id.error();
  auto removed = context.access.logins().remove(*id, caller_of(request).login(), context.now());
  if (!removed) return removed.error();
  return nothing_to_say();
}

Result<http::Response> read_audit(Context& context, const http::Request& request) {
  const auto page = context.access.audit().read(request.arguments.text("cursor").value_or(""));
  if (!page) return page.error();
  JsonText json = compact_json();
  json.begin_object();
  json.begin_array("items");
  for (const access::AuditLine& line : page->items) {
    json.begin_object();
    json.text("time", base::format_time(line.time));
    line.by != 0 ? id_text(json, "by", line.by) : json.null("by");
    json.text("what", line.what);
    line.login != 0 ? id_text(json, "login", line.login) : json.null("login");
    json.text("detail", line.detail);
    json.end_object();
  }
  json.end_array();
  optional_text(json, "next", page->next);
  json.end_object();
  return json_answer(std::move(json));
}

http::Route admin_route(std::string method, std::string path, std::string id, std::string summary, std::string schema,
                        http::Handler handler) {
  http::Route route =
      api::admin_route(std::move(method), std::move(path), std::move(id), std::move(summary), std::move(handler));
  if (!schema.empty()) route.answers = {{.description = "What there is.", .schema = std::move(schema)}};
  return route;
}

}  // namespace

std::vector<http::Route> admin_routes(Context& context) {
  const http::Answer done{.status = 204, .description = "It is done.", .content_type = ""};
  const http::Answer begun{.status = 202, .description = "It will be done.", .schema = R"({"type":"object"})"};
  const http::Parameter person = {.name = "person", .description = "Number of the person.", .most_bytes = 20};
  std::vector<http::Route> routes;
  const auto add = [&](http::Route route) -> http::Route& {
    routes.push_back(std::move(route));
    return routes.back();
  };
  add(admin_route("GET", "state", "get_state", "How the instance stands.", schema_ref("State"),
                  answering([&](const auto&) { return get_state(context); })));
  add(admin_route("GET", "sources", "list_sources", "What is read, and how far.", schema_ref("Sources"),
                  answering([&](const auto&) { return list_sources(context); })));
  add(admin_route("POST", "sync", "sync_all", "Reads all sources now.", "",
                  answering([&](const auto&) -> Result<http::Response> {
                    context.instance.request_sync();
                    return accepted();
                  })))
      .answers = {begun};
  http::Route& sync_one =
      add(admin_route("POST", "sources/{source}/sync", "sync_source", "Reads one source now.", "",
                      answering([&](const auto& request) { return sync_source(context, request); })));
  sync_one.parameters = {{.name = "source", .description = "Its name, percent-encoded.", .most_bytes = 300}};
  sync_one.answers = {begun};
  add(admin_route("GET", "runs", "list_runs", "Published runs, newest first.", page_schema("Run"),
                  answering([&](const auto& request) { return list_runs(context, request); })))
      .parameters = {cursor_parameter()};
  add(admin_route("POST", "runs", "run_now", "Scores everybody now.", "",
                  answering([&](const auto&) -> Result<http::Response> {
                    context.instance.request_score();
                    return accepted();
                  })))
      .answers = {begun};
  add(admin_route("GET", "people", "list_people", "Who is here.", page_schema("Member"),
                  answering([&](const auto& request) { return list_people(context, request); })))
      .parameters = {cursor_parameter(), {.name = "query", .description = "Part of the name.", .most_bytes = 100}};
  http::Route& verified =
      add(admin_route("POST", "people/{person}/verified", "verify_person", "Says that a person is verified, or not.",
                      "", answering([&](const auto& request) { return verify(context, request); })));
  verified.parameters = {person};
  verified.body = http::RequestBody{.schema = schema_ref("VerifiedBody"), .most_bytes = 4096};
  verified.answers = {done};
  http::Route& cut = add(admin_route("POST", "people/{person}/cut", "cut_branch",
                                     "Takes trust from a person and from whom they invited.", "",
                                     answering([&](const auto& request) { return cut_branch(context, request); })));
  cut.parameters = {person};
  cut.answers = {done};
  add(admin_route("GET", "logins", "list_logins", "Who can log in.", schema_ref("Logins"),
                  answering([&](const auto&) { return list_logins(context); })));
  http::Route& login = add(admin_route("POST", "logins", "make_login", "Makes a log-in, and a link to get in with.", "",
                                       answering([&](const auto& request) { return make_login(context, request); })));
  login.body = http::RequestBody{.schema = schema_ref("NewLogin"), .most_bytes = 4096};
  login.answers = {{.status = 201, .description = "The link.", .schema = schema_ref("MadeLogin")}};
  http::Route& gone =
      add(admin_route("DELETE", "logins/{login}", "remove_login", "Removes a log-in with all it holds.", "",
                      answering([&](const auto& request) { return remove_login(context, request); })));
  gone.parameters = {{.name = "login", .description = "Its number.", .most_bytes = 20}};
  gone.answers = {done};
  add(admin_route("GET", "audit", "read_audit", "Who changed what, newest first.", page_schema("AuditLine"),
                  answering([&](const auto& request) { return read_audit(context, request); })))
      .parameters = {cursor_parameter()};
  return routes;
}

}  // namespace renown::api
