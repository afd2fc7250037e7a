#include "oauth/server.h"

#include <fmt/format.h>

#include "io/json.h"

namespace renown::oauth {
namespace {

bool lists(const io::JsonValue& list, std::string_view wanted) {
  for (const io::JsonValue one : list.elements()) {
    if (one.text() == wanted) return true;
  }
  return false;
}

bool same_issuer(std::string_view a, std::string_view b) {
  while (a.ends_with('/')) a.remove_suffix(1);
  while (b.ends_with('/')) b.remove_suffix(1);
  return a == b;
}

/// An endpoint that must be there, or may be "" where `optional`.
Result<std::string> endpoint(const io::JsonValue& root, std::string_view name, std::string_view issuer, bool optional) {
  const std::string_view url = root[name].text();
  if (url.empty() && optional) return std::string();
  if (url.empty()) return bad_input(fmt::format("the log-in server {} names no {}", issuer, name));
  if (!is_safe_url(url)) return bad_input(fmt::format("the {} of the log-in server {} is not https", name, issuer));
  return std::string(url);
}

}  // namespace

bool is_safe_url(std::string_view url) {
  constexpr std::string_view kSafe = "https://", kPlain = "http://";
  const auto host_of = [&](std::string_view scheme) {
    const std::string_view rest = url.substr(scheme.size());
    return rest.substr(0, rest.find_first_of("/?#"));
  };
  if (url.find_first_of(" \t\r\n\\") != std::string_view::npos) return false;
  if (url.starts_with(kSafe)) return !host_of(kSafe).empty() && host_of(kSafe).find('@') == std::string_view::npos;
  if (!url.starts_with(kPlain)) return false;
  std::string_view host = host_of(kPlain);
  if (const std::size_t port = host.rfind(':'); port != std::string_view::npos && !host.ends_with(']'))
    host = host.substr(0, port);
  return host == "127.0.0.1" || host == "[::1]" || host == "localhost";
}

Result<Server> parse_server(std::string_view document, std::string_view issuer) {
  io::JsonParser parser;
  const auto parsed = parser.parse(document);
  if (!parsed)
    return bad_input(fmt::format("the log-in server {} describes itself in {}", issuer, parsed.error().message));
  const io::JsonValue& root = *parsed;
  if (!same_issuer(root["issuer"].text(), issuer))
    return bad_input(fmt::format("the log-in server {} says that it is another one", issuer));
  Server server;
  server.issuer = root["issuer"].text();
  struct Wanted {
    std::string_view name;
    std::string Server::* place;
    bool optional;
  };
  for (const Wanted& wanted : {Wanted{"authorization_endpoint", &Server::authorization_endpoint, false},
                               Wanted{"token_endpoint", &Server::token_endpoint, false},
                               Wanted{"pushed_authorization_request_endpoint", &Server::par_endpoint, true}}) {
    auto url = endpoint(root, wanted.name, issuer, wanted.optional);
    if (!url) return url.error();
    server.*wanted.place = std::move(*url);
  }
  if (!lists(root["response_types_supported"], "code"))
    return bad_input(fmt::format("the log-in server {} gives no codes (response_types_supported)", issuer));
  const io::JsonValue methods = root["code_challenge_methods_supported"];
  if (!methods.is_missing() && !lists(methods, "S256"))
    return bad_input(fmt::format("the log-in server {} does not know PKCE by S256", issuer));
  server.needs_par = root["require_pushed_authorization_requests"].boolean().value_or(false);
  if (server.needs_par && server.par_endpoint.empty())
    return bad_input(fmt::format("the log-in server {} asks for pushed requests and takes none", issuer));
  server.dpop = lists(root["dpop_signing_alg_values_supported"], "ES256");
  server.names_itself = root["authorization_response_iss_parameter_supported"].boolean().value_or(false);
  return server;
}

Result<std::string> parse_resource_issuer(std::string_view document, std::string_view origin) {
  io::JsonParser parser;
  const auto parsed = parser.parse(document);
  if (!parsed) return bad_input(fmt::format("{} describes its log-in in {}", origin, parsed.error().message));
  if (!same_issuer((*parsed)["resource"].text(), origin))
    return bad_input(fmt::format("{} describes the log-in of another server", origin));
  for (const io::JsonValue issuer : (*parsed)["authorization_servers"].elements()) {
    if (is_safe_url(issuer.text())) return std::string(issuer.text());
  }
  return bad_input(fmt::format("{} names no log-in server", origin));
}

Server mastodon_server(std::string_view origin) {
  return {.issuer = std::string(origin),
          .authorization_endpoint = fmt::format("{}/oauth/authorize", origin),
          .token_endpoint = fmt::format("{}/oauth/token", origin),
          .par_endpoint = {}};
}

Server github_server() {
  return {.issuer = "https://github.com",
          .authorization_endpoint = "https://github.com/login/oauth/authorize",
          .token_endpoint = "https://github.com/login/oauth/access_token",
          .par_endpoint = {}};
}

}  // namespace renown::oauth
