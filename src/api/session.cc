/// /v1/session, /v1/sessions, /v1/setup, /v1/password: logging in and out.

#include "api/session.h"

#include <fmt/format.h>

#include "access/password.h"
#include "api/answers.h"
#include "api/caller.h"
#include "api/guard.h"
#include "api/problem_types.h"
#include "api/routes.h"
#include "base/version.h"
#include "http/problem.h"

namespace renown::api {
namespace {

http::Response too_many_tries(double seconds) {
  http::Response refusal = http::problem(429, "too many tries: wait a little", kProblemTooManyTries);
  refusal.headers.add("Retry-After", fmt::format("{}", static_cast<std::int64_t>(seconds) + 1));
  return refusal;
}

http::Response wrong_log_in() {
  return http::problem(401, "this log-in is not known: look at the name and the password, or ask for a new link",
                       kProblemWrongLogIn);
}

std::string cookie(const http::Request& request, std::string_view token, std::int64_t seconds) {
  return fmt::format("{}={}; Path=/; Max-Age={}; HttpOnly; SameSite=Lax{}", kSessionCookie, token, seconds,
                     request.is_secure ? "; Secure" : "");
}

Result<http::Response> get_session(const http::Request& request) {
  JsonText json = compact_json();
  write_session(json, caller_of(request));
  http::Response response = json_answer(std::move(json));
  response.may_compress = false;  // it holds the CSRF token
  return response;
}

Result<http::Response> log_in_by_password(Context& context, const http::Request& request, const RequestObject& object) {
  const auto name = object.text("name", 100);
  if (!name) return name.error();
  const auto password = object.text("password", 1024);
  if (!password) return password.error();
  if (const double wait = context.tries.take(caller_address(request), *name, context.steady_seconds()); wait > 0.0)
    return too_many_tries(wait);
  const auto login = context.access.logins().check_password(*name, *password);
  if (!login) return login.error();
  if (!*login) return wrong_log_in();
  return start_session(context, request, (*login)->id);
}

Result<http::Response> log_in_by_link(Context& context, const http::Request& request, const std::string& token) {
  if (const double wait = context.tries.take(caller_address(request), "", context.steady_seconds()); wait > 0.0)
    return too_many_tries(wait);
  const auto login = context.access.links().use_log_in(token, context.now());
  if (!login)
    return login.error().code == ErrorCode::not_found ? Result<http::Response>(wrong_log_in()) : login.error();
  return start_session(context, request, *login);
}

Result<http::Response> log_in(Context& context, const http::Request& request) {
  const auto object = RequestObject::read(request);
  if (!object) return object.error();
  const auto link = object->optional_text("link", 100);
  if (!link) return link.error();
  return *link ? log_in_by_link(context, request, **link) : log_in_by_password(context, request, *object);
}

Result<http::Response> log_out(Context& context, const http::Request& request) {
  const auto& session = *caller_of(request).session;
  if (auto ended = context.access.sessions().end(session.login, session.id); !ended) return ended.error();
  http::Response response = nothing_to_say();
  response.headers.add("Set-Cookie", cookie(request, "", 0));
  response.headers.add("Clear-Site-Data", "\"cache\", \"storage\"");
  return response;
}

Result<http::Response> list_sessions(Context& context, const http::Request& request) {
  const Caller& caller = caller_of(request);
  const auto sessions = context.access.sessions().list(caller.login(), context.now());
  if (!sessions) return sessions.error();
  JsonText json = compact_json();
  json.begin_object();
  json.begin_array("items");
  for (const access::Session& session : *sessions) {
    json.begin_object();
    id_text(json, "id", session.id);
    json.text("device", session.device);
    time_or_null(json, "created", session.created);
    time_or_null(json, "last_used", session.last_used);
    json.boolean("is_this", caller.session->id == session.id);
    json.end_object();
  }
  json.end_array();
  json.end_object();
  return json_answer(std::move(json));
}

Result<http::Response> end_session(Context& context, const http::Request& request) {
  const auto id = id_argument(request, "session");
  if (!id) return id.error();
  if (auto ended = context.access.sessions().end(caller_of(request).login(), *id); !ended) return ended.error();
  return nothing_to_say();
}

Result<http::Response> get_setup(Context& context) {
  const auto has_operator = context.access.logins().has_operator();
  if (!has_operator) return has_operator.error();
  JsonText json = compact_json();
  json.begin_object();
  json.boolean("needed", !*has_operator);
  json.end_object();
  return json_answer(std::move(json));
}

Result<http::Response> set_up(Context& context, const http::Request& request) {
  const auto object = RequestObject::read(request);
  if (!object) return object.error();
  const auto token = object->text("token", 100);
  const auto name = object->text("name", 100);
  const auto password = object->text("password", 1024);
  for (const auto* each : {&token, &name, &password}) {
    if (!*each) return each->error();
  }
  if (const double wait = context.tries.take(caller_address(request), "", context.steady_seconds()); wait > 0.0)
    return too_many_tries(wait);
  if (auto good = access::check_password(*password); !good) return problem_of(good.error(), kProblemPasswordRule);
  const auto made = context.access.logins().make_first_operator(
      *token, {.role = access::Role::operator_, .name = *name, .display_name = *name, .password = *password},
      context.now());
  if (!made) return made.error();
  return start_session(context, request, made->id, 201);
}

Result<http::Response> change_password(Context& context, const http::Request& request) {
  const auto object = RequestObject::read(request);
  if (!object) return object.error();
  const auto fresh = object->text("new", 1024);
  if (!fresh) return fresh.error();
  const auto old = object->optional_text("old", 1024);
  if (!old) return old.error();
  const access::Session& session = *caller_of(request).session;
  const auto login = context.access.logins().find(session.login);
  if (!login) return login.error();
  if (!*login) return wrong_log_in();
  if ((*login)->has_password) {
    if (const double wait = context.tries.take(caller_address(request), (*login)->name, context.steady_seconds());
        wait > 0.0)
      return too_many_tries(wait);
    const auto known = context.access.logins().check_password((*login)->name, old->value_or(""));
    if (!known) return known.error();
    if (!*known) return http::problem(403, "the old password is another one", kProblemWrongPassword);
  }
  if (auto good = access::check_password(*fresh); !good) return problem_of(good.error(), kProblemPasswordRule);
  auto set = context.access.logins().set_password(session.login, *fresh, session.id, session.login, context.now());
  if (!set) return set.error();
  return nothing_to_say();
}

}  // namespace

void write_session(JsonText& json, const Caller& caller) {
  json.begin_object();
  json.text("role", caller.session ? access::role_name(caller.session->role) : "anonymous");
  caller.session ? id_text(json, "login", caller.session->login) : json.null("login");
  caller.person() != 0 ? id_text(json, "person", caller.person()) : json.null("person");
  json.text("name", caller.session ? caller.session->display_name : "");
  json.text("locale", caller.session ? caller.session->locale : "");
  caller.session ? json.text("csrf", access::Sessions::csrf_token(caller.session_token)) : json.null("csrf");
  json.text("version", base::version());
  json.end_object();
}

Result<http::Response> start_session(Context& context, const http::Request& request, access::LoginId login,
                                     int status) {
  const std::string device(request.headers.find("User-Agent").value_or("").substr(0, 200));
  const auto started = context.access.sessions().start(login, device, context.now());
  if (!started) return started.error();
  Caller caller;
  auto session = context.access.sessions().find(started->token, context.now());
  if (!session) return session.error();
  if (!*session) return Error{ErrorCode::internal, "a session that was just begun is not there"};
  caller.session = std::move(**session);
  caller.session_token = started->token;
  JsonText json = compact_json();
  write_session(json, caller);
  http::Response response = json_answer(std::move(json), status);
  response.may_compress = false;
  response.headers.add("Set-Cookie", cookie(request, started->token, access::kSessionMostSeconds));
  return response;
}

std::vector<http::Route> session_routes(Context& context) {
  std::vector<http::Route> routes;
  routes.push_back({.path = "/v1/session",
                    .id = "get_session",
                    .summary = "Who is logged in.",
                    .tag = "sessions",
                    .answers = {{.description = "The session.", .schema = schema_ref("Session")}},
                    .handler = answering(get_session)});
  routes.push_back({.method = "POST",
                    .path = "/v1/session",
                    .id = "log_in",
                    .summary = "Logs in, by name and password or by a link's token.",
                    .tag = "sessions",
                    .body = http::RequestBody{.schema = schema_ref("LogIn"), .most_bytes = 4096},
                    .answers = {{.description = "The session; its cookie is set.", .schema = schema_ref("Session")}},
                    .run_on = http::RunOn::workers,
                    .handler = answering([&](const auto& request) { return log_in(context, request); })});
  routes.push_back({.method = "DELETE",
                    .path = "/v1/session",
                    .id = "log_out",
                    .summary = "Ends the session.",
                    .tag = "sessions",
                    .answers = {{.status = 204, .description = "It has ended.", .content_type = ""}},
                    .scopes = {std::string(kSession)},
                    .run_on = http::RunOn::workers,
                    .handler = answering([&](const auto& request) { return log_out(context, request); })});
  routes.push_back({.path = "/v1/sessions",
                    .id = "list_sessions",
                    .summary = "Where one is logged in.",
                    .tag = "sessions",
                    .answers = {{.description = "The sessions.", .schema = schema_ref("Sessions")}},
                    .scopes = {std::string(kSession)},
                    .handler = answering([&](const auto& request) { return list_sessions(context, request); })});
  routes.push_back({.method = "DELETE",
                    .path = "/v1/sessions/{session}",
                    .id = "end_session",
                    .summary = "Ends one session of one's own.",
                    .tag = "sessions",
                    .parameters = {{.name = "session", .description = "Number of the session.", .most_bytes = 20}},
                    .answers = {{.status = 204, .description = "It has ended.", .content_type = ""}},
                    .scopes = {std::string(kSession)},
                    .run_on = http::RunOn::workers,
                    .handler = answering([&](const auto& request) { return end_session(context, request); })});
  routes.push_back({.path = "/v1/setup",
                    .id = "get_setup",
                    .summary = "Whether the instance waits for its first operator.",
                    .tag = "sessions",
                    .answers = {{.description = "Whether it does.", .schema = schema_ref("Setup")}},
                    .handler = answering([&](const auto&) { return get_setup(context); })});
  routes.push_back({.method = "POST",
                    .path = "/v1/setup",
                    .id = "set_up",
                    .summary = "Makes the first operator, with the token that the server printed.",
                    .tag = "sessions",
                    .body = http::RequestBody{.schema = schema_ref("SetUp"), .most_bytes = 4096},
                    .answers = {{.status = 201, .description = "The session.", .schema = schema_ref("Session")}},
                    .run_on = http::RunOn::workers,
                    .handler = answering([&](const auto& request) { return set_up(context, request); })});
  routes.push_back({.method = "PUT",
                    .path = "/v1/password",
                    .id = "change_password",
                    .summary = "Sets one's password and ends one's other sessions.",
                    .tag = "sessions",
                    .body = http::RequestBody{.schema = schema_ref("NewPassword"), .most_bytes = 4096},
                    .answers = {{.status = 204, .description = "It is set.", .content_type = ""}},
                    .scopes = {std::string(kSession)},
                    .run_on = http::RunOn::workers,
                    .handler = answering([&](const auto& request) { return change_password(context, request); })});
  return routes;
}

}  // namespace renown::api
