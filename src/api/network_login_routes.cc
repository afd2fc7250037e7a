/// /v1/logins, /oauth/client.json: logging in by a network. Who is here is logged in; whoever is logged in gets the
/// account linked; whoever is new comes to be here, where the instance is open.

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "api/answers.h"
#include "api/caller.h"
#include "api/guard.h"
#include "api/network_login.h"
#include "api/problem_types.h"
#include "api/routes.h"
#include "api/session.h"
#include "base/random.h"
#include "http/problem.h"

namespace renown::api {
namespace {

constexpr std::string_view kCookie = "renown_log_in";

constexpr std::string_view kNothing = "none";

/// Where one can log in, and what must be named for it.
struct LogInNetwork {
  std::string_view name, needs;
};
constexpr std::array<LogInNetwork, 3> kNetworks = {
    {{"mastodon", "server"}, {"bluesky", "handle"}, {"github", kNothing}}};

bool is_offered(const Context& context, const LogInNetwork& network) {
  return network.name != "github" || context.network_logins.knows_github();
}

Result<http::Response> list_networks(const Context& context) {
  JsonText json = compact_json();
  json.begin_object();
  json.begin_array("items");
  for (const LogInNetwork& network : kNetworks) {
    if (!is_offered(context, network)) continue;
    json.begin_object();
    json.text("network", network.name);
    json.text("needs", network.needs);
    json.end_object();
  }
  json.end_array();
  json.end_object();
  return json_answer(std::move(json));
}

/// "example.org" or "https://example.org/" as the origin that it stands for.
std::string origin_of(std::string server) {
  while (server.ends_with('/')) server.pop_back();
  return server.find("://") == std::string::npos ? "https://" + server : server;
}

Result<http::Response> begin(Context& context, const http::Request& request) {
  const auto object = RequestObject::read(request);
  if (!object) return object.error();
  const auto network = object->text("network", 40);
  if (!network) return network.error();
  const auto known = std::ranges::find(kNetworks, *network, &LogInNetwork::name);
  if (known == kNetworks.end() || !is_offered(context, *known))
    return bad_input("\"network\" must be one of GET /v1/logins/networks");
  Result<std::string> needed = std::string();
  if (known->needs != kNothing) needed = object->text(known->needs, 300);
  if (!needed) return needed.error();
  if (const double wait = context.tries.take(request.client, "", context.steady_seconds()); wait > 0.0)
    return http::problem(429, "too many tries: wait a little", kProblemTooManyTries);
  const bool names_server = known->needs == "server";
  BegunLogin login{.connector = *network,
                   .server = names_server ? origin_of(*needed) : "",
                   .browser = base::random_text(base::system_random()),
                   .session_login = caller_of(request).login(),
                   .begun = context.now()};
  const std::string browser = login.browser;
  const auto url = context.network_logins.begin(std::move(login), names_server ? "" : *needed);
  if (!url) return url.error().code == ErrorCode::io ? bad_input(url.error().message) : url.error();
  JsonText json = compact_json();
  json.begin_object();
  json.text("url", *url);
  json.end_object();
  http::Response response = json_answer(std::move(json));
  response.headers.add("Set-Cookie", fmt::format("{}={}; Path=/v1/logins; Max-Age=900; HttpOnly; SameSite=Lax{}",
                                                 kCookie, browser, request.is_secure ? "; Secure" : ""));
  return response;
}

http::Response go_to(Context& context, std::string_view path) {
  http::Response response{.status = 303, .content_type = {}};
  response.headers.add("Location", fmt::format("{}{}", context.public_url, path));
  response.headers.add("Cache-Control", "no-store");
  return response;
}

people::Verdict verdict_of(const FinishedLogin& login) {
  people::Verdict verdict;
  verdict.proven = true;
  verdict.method = "log-in";
  verdict.reason = fmt::format("logged in as {} at {}", login.shown.account.account, login.begun.connector);
  verdict.stable_id = login.shown.stable_id;
  return verdict;
}

Result<people::Recognition> recognise(Context& context, const ShownAccount& shown) {
  people::Recognition recognition;
  auto asked = context.instance.ask_people([&](pipeline::PeopleFolder& folder) -> Result<void> {
    auto found = folder.recognise(shown.account, shown.stable_id);
    if (!found) return found.error();
    recognition = *found;
    return {};
  });
  if (!asked) return asked.error();
  return recognition;
}

/// For the operator, who alone can tell whether a name was given away or a server has new numbers.
Result<void> note_somebody_else(Context& context, const FinishedLogin& login, instance::PersonId owner) {
  auto known = context.access.logins().of_person(owner);
  if (!known) return known.error();
  return context.access.audit().note({.time = context.now(),
                                      .what = "log-in refused",
                                      .login = *known ? (*known)->id : 0,
                                      .detail = fmt::format("{}: an account of another number has a name of person {}",
                                                            login.shown.account.network, owner)});
}

Result<void> link(Context& context, const std::string& name, const Account& account, const people::Verdict& verdict) {
  return context.instance.change_people(
      [&](pipeline::PeopleFolder& folder) { return folder.link(name, account, verdict, context.now()); });
}

/// A person by the account's own name, or, where that is taken, with a number behind it.
Result<instance::PersonId> enrol(Context& context, const Account& account, const people::Verdict& verdict) {
  instance::PersonId person = 0;
  std::string base_name = account.account;
  if (const std::size_t slash = base_name.rfind('/'); slash != std::string::npos) base_name.erase(0, slash + 1);
  std::replace(base_name.begin(), base_name.end(), ':', ' ');
  auto added = context.instance.change_people([&](pipeline::PeopleFolder& folder) -> Result<void> {
    std::string name = base_name;
    const auto directory = context.instance.directory();
    for (int number = 2; directory->named(name) != nullptr; ++number) name = fmt::format("{} {}", base_name, number);
    auto id = folder.registry().add(name, people::ConsentBasis::enrolled, context.now());
    if (!id) return id.error();
    if (auto linked = folder.link(name, account, verdict, context.now()); !linked) {
      static_cast<void>(folder.registry().erase_bare_person(name));
      return linked;
    }
    person = *id;
    return {};
  });
  if (!added) return added.error();
  return person;
}

Result<access::LoginId> login_of(Context& context, instance::PersonId person) {
  auto known = context.access.logins().of_person(person);
  if (!known) return known.error();
  if (*known) return (*known)->id;
  const auto directory = context.instance.directory();
  const people::Person* who = directory->find(person);
  auto made = context.access.logins().make({.person = person, .display_name = who == nullptr ? "" : who->name}, 0,
                                           context.now());
  if (!made) return made.error();
  return made->id;
}

/// The session of whoever came back, with its cookie.
Result<http::Response> arrive(Context& context, const http::Request& request, access::LoginId login) {
  auto started = start_session(context, request, login);
  if (!started) return started.error();
  http::Response response = go_to(context, "/");
  for (const http::Header& header : started->headers) {
    if (header.name == "Set-Cookie") response.headers.add(header.name, header.value);
  }
  return response;
}

/// Whether the account is linked under this name and with this id.
bool knows(const people::Person& person, const ShownAccount& shown) {
  return std::ranges::any_of(person.accounts, [&](const people::LinkedAccount& linked) {
    return linked.account == shown.account && linked.stable_id == shown.stable_id;
  });
}

/// A person comes from a network, by a browser: what fails is told by the page, which has the words.
Result<http::Response> come_back(Context& context, const http::Request& request) {
  auto finished = context.network_logins.finish(request.query, cookie_of(request, kCookie), context.now());
  if (!finished)
    return go_to(context, finished.error().code == ErrorCode::cancelled ? "/log-in?refused" : "/log-in?failed");
  const people::Verdict verdict = verdict_of(*finished);
  const Account& account = finished->shown.account;
  const auto found = recognise(context, finished->shown);
  if (!found) return found.error();
  const Caller& caller = caller_of(request);
  const bool is_own = caller.session && caller.session->login == finished->begun.session_login && caller.person() != 0;
  if (found->as == people::Recognised::somebody_else) {
    if (auto noted = note_somebody_else(context, *finished, found->person); !noted) return noted.error();
    return go_to(context, is_own ? "/accounts?not-the-same" : "/log-in?not-the-same");
  }
  const auto directory = context.instance.directory();
  const people::Person* owner = found->person == 0 ? nullptr : directory->find(found->person);
  if (is_own) {
    if (owner != nullptr && owner->id != caller.person()) return go_to(context, "/accounts?taken");
    if (owner != nullptr && knows(*owner, finished->shown)) return go_to(context, "/accounts");
    const people::Person* self = directory->find(caller.person());
    if (self == nullptr) return go_to(context, "/log-in?failed");
    if (auto linked = link(context, self->name, account, verdict); !linked) return linked.error();
    return go_to(context, "/accounts");
  }
  if (owner == nullptr && !context.is_open) return go_to(context, "/log-in?invited-only");
  Result<instance::PersonId> person = found->person;
  if (owner == nullptr) person = enrol(context, account, verdict);
  if (!person) return person.error();
  if (owner != nullptr && !knows(*owner, finished->shown)) {  // a new name, or an id that was not known yet
    if (auto linked = link(context, owner->name, account, verdict); !linked) return linked.error();
  }
  if (owner != nullptr && owner->basis == people::ConsentBasis::none) {  // they have come by themselves now
    auto enrolled = context.instance.change_people([&](pipeline::PeopleFolder& folder) {
      return folder.registry().set_basis(owner->name, people::ConsentBasis::enrolled, context.now());
    });
    if (!enrolled) return enrolled.error();
  }
  const auto id = login_of(context, *person);
  if (!id) return id.error();
  return arrive(context, request, *id);
}

}  // namespace

std::vector<http::Route> network_login_routes(Context& context) {
  std::vector<http::Route> routes;
  routes.push_back({.path = "/v1/logins/networks",
                    .id = "list_log_in_networks",
                    .summary = "Where one can log in, and what must be named for it.",
                    .tag = "sessions",
                    .answers = {{.description = "The networks.", .schema = schema_ref("LogInNetworks")}},
                    .handler = answering([&](const auto&) { return list_networks(context); })});
  routes.push_back({.method = "POST",
                    .path = "/v1/logins",
                    .id = "log_in_at_network",
                    .summary = "Begins to log in at a network; the answer's address leads there.",
                    .tag = "sessions",
                    .body = http::RequestBody{.schema = schema_ref("LogInAt"), .most_bytes = 4096},
                    .answers = {{.description = "Where to go.", .schema = schema_ref("LogInUrl")}},
                    .run_on = http::RunOn::workers,
                    .handler = answering([&](const auto& request) { return begin(context, request); })});
  const auto text = [](std::string name) {
    return http::Parameter{.name = std::move(name), .description = "As the network says.", .most_bytes = 4000};
  };
  routes.push_back({.path = "/v1/logins/callback",
                    .id = "come_back_from_network",
                    .summary = "Where networks send people back to.",
                    .tag = "sessions",
                    .parameters = {text("code"), text("state"), text("iss"), text("error"), text("error_description"),
                                   text("error_uri")},
                    .answers = {{.status = 303, .description = "On to the page.", .content_type = ""}},
                    .run_on = http::RunOn::workers,
                    .handler = answering([&](const auto& request) { return come_back(context, request); })});
  routes.push_back(
      {.path = "/oauth/client.json",
       .id = "get_oauth_client",
       .summary = "This instance, as networks of AT Protocol know it.",
       .tag = "system",
       .answers = {{.description = "The document.", .schema = R"({"type":"object"})"}},
       .handler = [&](const auto&) { return http::Response{.body = context.network_logins.client_document()}; }});
  return routes;
}

}  // namespace renown::api
