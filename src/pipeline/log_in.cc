#include "pipeline/log_in.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "base/text.h"
#include "connect/bluesky/bluesky.h"
#include "net/url.h"
#include "oauth/encoding.h"
#include "oauth/server.h"
#include "pipeline/atproto_account.h"
#include "pipeline/source_settings.h"

namespace renown::pipeline {
namespace {

/// Nobody needs to listen there: the person copies the address that the browser could not open.
constexpr std::string_view kRedirect = "http://127.0.0.1:8421/";

constexpr std::string_view kMastodonScope = "read:accounts read:statuses read:notifications";
constexpr std::string_view kGithubScope = "read:user";

/// Who one is: of AT Protocol's scopes the one that every log-in must ask for, and be granted.
constexpr std::string_view kAtprotoScope = "atproto";

/// To list notifications at one AppView, its name as in a query; "*": at any.
constexpr std::string_view kNotificationScope = "rpc:app.bsky.notification.listNotifications?aud=";

bool has_word(std::string_view scope, std::string_view word) {
  const auto words = base::split_words(scope);
  return std::ranges::find(words, word) != words.end();
}

/// The narrowest scope for what the source reads.
Result<std::string> atproto_scope(const log::Source& source) {
  const auto settings = parse_settings(source.settings);
  if (!settings) return settings.error();
  const auto notifications = settings->find("notifications");
  std::string scope(kAtprotoScope);
  if (notifications == settings->end() || notifications->second != "yes") return scope;
  std::string service(connect::bluesky::kAppViewService);
  service.replace(service.find('#'), 1, "%23");
  // An AppView of one's own has a name that only its data server knows.
  return fmt::format("{} {}{}", scope, kNotificationScope, source.server.empty() ? service : "*");
}

/// A program that runs where the person sits has no address to be looked up at: its id says all there is to know of it.
std::string loopback_client_id(const oauth::Client& client) {
  return "http://localhost?" + oauth::form({{"redirect_uri", client.redirect_uri}, {"scope", client.scope}});
}

bool is_same_server(const std::string& one, const std::string& other) {
  const auto first = net::Url::parse(one), second = net::Url::parse(other);
  return first && second && first->origin() == second->origin();
}

}  // namespace

Result<std::string> LogIn::begin(const ConnectorKind& kind, const LogInRequest& request) {
  oauth::Client client = request.client;
  if (client.redirect_uri.empty()) client.redirect_uri = kRedirect;
  Result<oauth::Login::Wanted> wanted =
      Error{ErrorCode::usage, fmt::format("{} has no log-in: give a token by --token-file", kind.name)};
  if (kind.log_in == LogInWay::github) wanted = at_github(request.github, std::move(client));
  if (kind.log_in == LogInWay::mastodon) wanted = at_mastodon(request.source.server, std::move(client));
  if (kind.log_in == LogInWay::atproto) wanted = at_atproto(request, std::move(client));
  if (!wanted) return wanted.error();
  wanted->hint = request.source.account;
  wanted->state = request.state;
  return oauth::Login(vault_, {http_, random_, now_}).begin(*wanted);
}

Result<oauth::Login::Wanted> LogIn::at_github(const oauth::Server& server, oauth::Client client) const {
  if (client.id.empty()) {
    return Error{ErrorCode::usage, fmt::format("make an OAuth app at GitHub with the callback {} and give its "
                                               "--client-id and --client-secret-file",
                                               client.redirect_uri)};
  }
  if (client.scope.empty()) client.scope = kGithubScope;
  return oauth::Login::Wanted{.server = server, .client = std::move(client), .hint = {}};
}

Result<oauth::Login::Wanted> LogIn::at_mastodon(const std::string& origin, oauth::Client client) {
  if (origin.empty()) return Error{ErrorCode::usage, "name the server to log in at: --server https://example.org"};
  if (client.scope.empty()) client.scope = kMastodonScope;
  auto server = server_at(origin);
  if (!server) return server.error();
  auto known = registered(origin, std::move(client));
  if (!known) return known.error();
  return oauth::Login::Wanted{.server = std::move(*server), .client = std::move(*known), .hint = {}};
}

Result<oauth::Login::Wanted> LogIn::at_atproto(const LogInRequest& request, oauth::Client client) {
  const log::Source& source = request.source;
  if (source.account.empty()) return Error{ErrorCode::usage, "name the account that logs in, by its handle or DID"};
  if (client.scope.empty()) {
    auto scope = atproto_scope(source);
    if (!scope) return scope.error();
    client.scope = std::move(*scope);
  }
  if (!has_word(client.scope, kAtprotoScope)) {
    return Error{ErrorCode::usage, fmt::format("--scope {}: without 'atproto' nobody logs in", client.scope)};
  }
  if (client.id.empty()) client.id = loopback_client_id(client);
  const std::string resolver = source.server.empty() ? std::string(connect::bluesky::kAppView) : source.server;
  const auto account = find_atproto_account(http_, source.account, {resolver, request.plc_directory});
  if (!account) return account.error();
  if (source.connector == "pds" && !is_same_server(account->server, source.server)) {
    return Error{ErrorCode::usage, fmt::format("{} lies at {}, not at {}: give that as --server", account->did,
                                               account->server, source.server)};
  }
  auto server = log_in_server_of(http_, account->server);
  if (!server) return server.error();
  return oauth::Login::Wanted{.server = std::move(*server),
                              .client = std::move(client),
                              .hint = {},
                              .resource = account->server,
                              .subject = account->did};
}

/// As the server itself says, or as Mastodon before 4.3 has it.
Result<oauth::Server> LogIn::server_at(const std::string& origin) {
  const auto said = http_.fetch({.url = origin + "/.well-known/oauth-authorization-server"});
  if (!said) return net::to_error(said.error());
  if (said->status == 200) return oauth::parse_server(said->body, origin);
  return oauth::mastodon_server(origin);
}

Result<oauth::Client> LogIn::registered(const std::string& origin, oauth::Client client) {
  if (!client.id.empty()) return client;
  const auto answer = http_.fetch(oauth::registration_request(origin, client));
  if (!answer) return net::to_error(answer.error());
  return oauth::parse_registration(*answer, client, origin);
}

Result<oauth::Credential> LogIn::finish(std::string_view callback) {
  auto credential = oauth::Login(vault_, {http_, random_, now_}).finish(callback);
  if (credential && !credential->resource.empty() && !has_word(credential->tokens.scope, kAtprotoScope)) {
    return bad_input(
        fmt::format("{} did not say that it granted 'atproto': nothing was connected", credential->issuer));
  }
  return credential;
}

}  // namespace renown::pipeline
