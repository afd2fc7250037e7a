/// The guard of the API: finds out who asks, how often they may, and whether the route is open to them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "api/context.h"
#include "http/rate_limit.h"
#include "http/service.h"

namespace renown::api {

inline constexpr std::string_view kSessionCookie = "renown_session";
inline constexpr std::string_view kCsrfHeader = "X-CSRF-Token";

/// context, limiter  outlive it
///
/// refusals  401 without a session or key where one is needed, or with a key that is none; 403 without the scope, or
///           without the page's CSRF token on a request by session that changes something; 429; 503 where the store
///           cannot be read
http::Guard make_guard(Context& context, http::RateLimiter& limiter);

/// The part of the caller's address that one caller has to themselves: of IPv6 the network of 64 bits.
std::string caller_address(const http::Request& request);

/// The value of that cookie in a request; empty where there is none.
std::string_view cookie_of(const http::Request& request, std::string_view name);

}  // namespace renown::api
