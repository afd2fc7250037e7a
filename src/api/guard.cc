#include "api/guard.h"

#include <array>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "api/caller.h"
#include "api/problem_types.h"
#include "base/text.h"
#include "http/parameter.h"
#include "http/problem.h"
#include "http/proxies.h"
#include "net/address.h"

namespace renown::api {
namespace {

constexpr std::string_view kBearer = "Bearer ";

http::Response unauthorized(std::string_view sentence) {
  http::Response refusal = http::problem(401, sentence, kProblemLogIn);
  refusal.headers.add("WWW-Authenticate", "Bearer");
  return refusal;
}

bool changes_something(const http::Request& request) {
  return request.method != "GET" && request.method != "HEAD";
}

std::string limit_key_of(const Caller& caller, const http::Request& request) {
  if (caller.key) return fmt::format("key {}", caller.key->id);
  if (caller.session) return fmt::format("login {}", caller.session->login);
  return "address " + caller_address(request);
}

/// The key of that text. returns  the refusal of one that is none, or of a store that cannot be read
std::optional<http::Response> find_key(Context& context, std::string_view text, Caller& caller) {
  auto key = context.access.api_keys().find(text, context.now());
  if (!key) return http::problem(key.error());
  if (!*key) return unauthorized("this API key is unknown, expired or revoked: make another one");
  caller.key = std::move(**key);
  return std::nullopt;
}

/// Who asks. returns  a refusal, as of find_key
std::optional<http::Response> find_caller(Context& context, const http::Request& request, const http::Route& route,
                                          Caller& caller) {
  if (const auto authorization = request.headers.find("Authorization")) {
    if (!authorization->starts_with(kBearer)) return unauthorized("write Authorization: Bearer and an API key");
    return find_key(context, authorization->substr(kBearer.size()), caller);
  }
  if (route.takes_key_in_query) {  // for programs: a cookie says nothing here
    const auto text = http::query_value(request.query, http::kKeyParameter);
    return text ? find_key(context, *text, caller) : std::nullopt;
  }
  const std::string_view token = cookie_of(request, kSessionCookie);
  if (token.empty()) return std::nullopt;
  auto session = context.access.sessions().find(token, context.now());
  if (!session) return http::problem(session.error());
  if (*session) {
    caller.session = std::move(**session);
    caller.session_token = token;
  }
  return std::nullopt;
}

std::optional<http::Response> check_csrf(const Caller& caller, const http::Request& request) {
  if (!caller.session || !changes_something(request)) return std::nullopt;
  const auto given = request.headers.find(kCsrfHeader);
  if (given && access::Sessions::is_csrf_token(caller.session_token, *given)) return std::nullopt;
  return http::problem(403, fmt::format("this needs the header {} with the csrf of GET /v1/session", kCsrfHeader),
                       kProblemCsrf);
}

std::optional<http::Response> check_scopes(const Caller& caller, const http::Route& route) {
  if (caller.has_any(route.scopes)) return std::nullopt;
  if (caller.is_anonymous()) return unauthorized("log in, or send an API key, to ask for this");
  if (caller.key) {
    return http::problem(403, fmt::format("this API key was made without the scope {}", route.scopes.front()),
                         kProblemScope);
  }
  return http::problem(403, "this is open to others than you", kProblemScope);
}

}  // namespace

std::string caller_address(const http::Request& request) {
  const auto address = net::Address::from(request.client);
  return address ? http::limit_key(*address) : request.client;
}

std::string_view cookie_of(const http::Request& request, std::string_view name) {
  const auto cookies = request.headers.find("Cookie");
  if (!cookies) return {};
  std::string_view rest = *cookies;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find(';'), rest.size());
    std::string_view pair = rest.substr(0, end);
    while (pair.starts_with(' ')) pair.remove_prefix(1);
    if (pair.size() > name.size() && pair.starts_with(name) && pair[name.size()] == '=')
      return pair.substr(name.size() + 1);
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return {};
}

http::Guard make_guard(Context& context, http::RateLimiter& limiter) {
  return [&context, &limiter](http::Request& request, const http::Route& route,
                              http::Headers& headers) -> std::optional<http::Response> {
    Caller caller;
    auto refusal = find_caller(context, request, route, caller);
    const http::RateVerdict verdict = limiter.take(limit_key_of(caller, request), context.steady_seconds());
    if (!verdict.is_allowed) return http::too_many_requests(limiter.policy(), verdict);
    http::add_rate_headers(limiter.policy(), verdict, headers);
    if (refusal) return refusal;
    if (auto forged = check_csrf(caller, request)) return forged;
    if (auto closed = check_scopes(caller, route)) return closed;
    request.caller = std::move(caller);
    return std::nullopt;
  };
}

}  // namespace renown::api
