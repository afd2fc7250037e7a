#include "api/network_login.h"

#include <utility>

#include <fmt/format.h>

#include "access/secret.h"
#include "base/random.h"
#include "io/json.h"
#include "net/address_guard.h"
#include "net/failure.h"
#include "net/fetcher.h"
#include "net/url.h"
#include "oauth/login.h"
#include "people/stable_id.h"
#include "pipeline/json_text.h"
#include "pipeline/log_in.h"

namespace renown::api {
namespace {

constexpr std::size_t kStateBytes = 32;
constexpr std::string_view kAtprotoScope = "atproto";  ///< who one is, and nothing to read

Error not_begun() {
  return bad_input("this is no log-in that was begun in this browser within the last 15 minutes: begin it again");
}

/// The value of a member of a query, as it stands there: states are letters and digits.
std::string query_value(std::string_view query, std::string_view name) {
  while (!query.empty()) {
    const std::size_t end = std::min(query.find('&'), query.size());
    const std::string_view pair = query.substr(0, end);
    if (pair.size() > name.size() && pair.starts_with(name) && pair[name.size()] == '=')
      return std::string(pair.substr(name.size() + 1));
    query.remove_prefix(std::min(end + 1, query.size()));
  }
  return {};
}

Result<net::FetchOptions> fetch_options(const pipeline::NetworkOptions& network) {
  auto guard = net::AddressGuard::allowing(network.allowed_hosts);
  if (!guard) return guard.error();
  net::FetchOptions fetch;
  fetch.guard = std::move(*guard);
  fetch.user_agent = network.user_agent;
  fetch.ca_file = network.ca_file;
  return fetch;
}

bool is_loopback(const std::string& url) {
  const auto parsed = net::Url::parse(url);
  return parsed && parsed->scheme() == "http";
}

}  // namespace

std::string NetworkLogins::client_document() const {
  pipeline::JsonText json(pipeline::JsonLayout::compact);
  const auto list = [&](std::string_view key, std::initializer_list<std::string_view> values) {
    json.begin_array(key);
    for (const std::string_view value : values) json.text("", value);
    json.end_array();
  };
  json.begin_object();
  json.text("client_id", client_url());
  json.text("client_name", "Renown");
  json.text("client_uri", options_.public_url);
  list("redirect_uris", {callback_url()});
  list("grant_types", {"authorization_code", "refresh_token"});
  list("response_types", {"code"});
  json.text("scope", kAtprotoScope);
  json.text("token_endpoint_auth_method", "none");
  json.text("application_type", "web");
  json.boolean("dpop_bound_access_tokens", true);
  json.end_object();
  return std::move(json).take();
}

Result<std::string> NetworkLogins::begin(BegunLogin login, const std::string& account) {
  const auto kind = pipeline::find_connector(pipeline::connectors(), login.connector);
  if (!kind) return kind.error();
  auto fetch = fetch_options(options_.network);
  if (!fetch) return fetch.error();
  net::Fetcher fetcher(std::move(*fetch));
  log::Source source;
  source.connector = login.connector;
  source.network = (*kind)->network;
  source.account = account;
  source.server = login.server;
  oauth::Client client{.id = {}, .secret = {}, .redirect_uri = callback_url(), .scope = {}};
  if ((*kind)->log_in == pipeline::LogInWay::atproto) {
    client.scope = kAtprotoScope;
    if (!is_loopback(options_.public_url)) client.id = client_url();
  }
  if ((*kind)->log_in == pipeline::LogInWay::mastodon) client.scope = "read:accounts";
  if ((*kind)->log_in == pipeline::LogInWay::github) {
    client.id = options_.github.client_id;
    client.secret = options_.github.client_secret;
  }
  pipeline::LogInRequest request{.source = source, .client = std::move(client), .github = options_.github.server};
  if (!options_.plc_directory.empty()) request.plc_directory = options_.plc_directory;
  request.state = base::random_text(base::system_random(), kStateBytes);
  auto url = pipeline::LogIn(vault_, fetcher, login.begun).begin(**kind, request);
  if (!url) return url.error();
  const std::lock_guard lock(mutex_);
  std::erase_if(begun_, [&](const auto& entry) { return entry.second.begun + oauth::Login::kSeconds < login.begun; });
  if (begun_.size() >= kMostBegun) return Error{ErrorCode::busy, "too many people are logging in: try again soon"};
  begun_.insert_or_assign(request.state, std::move(login));
  return url;
}

std::optional<BegunLogin> NetworkLogins::take(const std::string& state, std::int64_t now) {
  const std::lock_guard lock(mutex_);
  const auto found = begun_.find(state);
  if (found == begun_.end()) return std::nullopt;
  BegunLogin login = std::move(found->second);
  begun_.erase(found);
  if (login.begun + oauth::Login::kSeconds < now) return std::nullopt;
  return login;
}

Result<FinishedLogin> NetworkLogins::finish(std::string_view query, std::string_view browser, std::int64_t now) {
  auto login = take(query_value(query, "state"), now);
  if (!login || !access::same_secret(login->browser, browser)) return not_begun();
  auto fetch = fetch_options(options_.network);
  if (!fetch) return fetch.error();
  net::Fetcher fetcher(std::move(*fetch));
  const auto credential = pipeline::LogIn(vault_, fetcher, now).finish(fmt::format("{}?{}", callback_url(), query));
  if (!credential) return credential.error();
  if (!credential->tokens.subject.empty())  // AT Protocol says whose tokens they are, and that was checked
    return FinishedLogin{std::move(*login), {{"bluesky", credential->tokens.subject}, {}}};
  auto shown = account_of(*login, credential->tokens.access, fetcher);
  if (!shown) return shown.error();
  return FinishedLogin{std::move(*login), std::move(*shown)};
}

/// Asks the network whose token it is. The token is not kept: it has shown what it was for.
Result<ShownAccount> NetworkLogins::account_of(const BegunLogin& login, const std::string& access_token,
                                               net::Transport& http) const {
  const bool is_github = login.connector == "github";
  const std::string url =
      is_github ? options_.github.api + "/user" : login.server + "/api/v1/accounts/verify_credentials";
  const auto answer = http.fetch({.url = url, .headers = {{"Authorization", "Bearer " + access_token}}});
  if (!answer) return net::to_error(answer.error());
  io::JsonParser parser;
  const auto root = parser.parse(answer->body);
  const Error unsaid = bad_input(fmt::format("{} did not say whose log-in it was: nobody was logged in", url));
  if (answer->status != 200 || !root) return unsaid;
  ShownAccount shown =
      is_github
          ? ShownAccount{{"github", std::string((*root)["login"].text())}, people::github_id(*root)}
          : ShownAccount{{"fediverse", std::string((*root)["uri"].text())}, people::fediverse_id(login.server, *root)};
  if (!is_github && shown.account.account.empty()) shown.account.account = (*root)["url"].text();
  // A name alone says nothing: it may be somebody else's by now.
  if (shown.account.account.empty() || shown.stable_id.empty()) return unsaid;
  if (is_github) return shown;
  // A server speaks for its own accounts alone.
  const auto home = net::Url::parse(shown.account.account), server = net::Url::parse(login.server);
  if (!home || !server || home->origin() != server->origin())
    return bad_input(fmt::format("{} named an account of another server: nobody was logged in", login.server));
  return shown;
}

}  // namespace renown::api
