#include "pipeline/log_in.h"

#include <utility>

#include <fmt/format.h>

#include "oauth/login.h"
#include "oauth/server.h"

namespace renown::pipeline {
namespace {

/// Nobody needs to listen there: the person copies the address that the browser could not open.
constexpr std::string_view kRedirect = "http://127.0.0.1:8421/";

constexpr std::string_view kMastodonScope = "read:accounts read:statuses read:notifications";
constexpr std::string_view kGithubScope = "read:user";

}  // namespace

Result<std::string> LogIn::begin(const ConnectorKind& kind, const std::string& server, oauth::Client client,
                                 const std::string& hint) {
  if (client.redirect_uri.empty()) client.redirect_uri = kRedirect;
  oauth::Server at;
  switch (kind.log_in) {
    case LogInWay::none:
      return Error{ErrorCode::usage, fmt::format("{} has no log-in: give a token by --token-file", kind.name)};
    case LogInWay::github:
      if (client.id.empty()) {
        return Error{ErrorCode::usage, fmt::format("make an OAuth app at GitHub with the callback {} and give its "
                                                   "--client-id and --client-secret-file",
                                                   client.redirect_uri)};
      }
      if (client.scope.empty()) client.scope = kGithubScope;
      at = oauth::github_server();
      break;
    case LogInWay::mastodon: {
      if (server.empty()) return Error{ErrorCode::usage, "name the server to log in at: --server https://example.org"};
      if (client.scope.empty()) client.scope = kMastodonScope;
      auto found = server_at(server);
      if (!found) return found.error();
      at = std::move(*found);
      auto known = registered(server, std::move(client));
      if (!known) return known.error();
      client = std::move(*known);
      break;
    }
  }
  return oauth::Login(vault_, {http_, random_, now_}).begin({at, client, hint});
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
  return oauth::Login(vault_, {http_, random_, now_}).finish(callback);
}

}  // namespace renown::pipeline
