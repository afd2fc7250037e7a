/// Caller: who asks, as the guard found out before a handler runs.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/api_keys.h"
#include "access/scope.h"
#include "access/sessions.h"
#include "http/message.h"

namespace renown::api {

/// What a route asks of its caller, as one of Route::scopes beside the scopes of keys: a session, of whichever role.
inline constexpr std::string_view kSession = "session";

struct Caller {
  std::optional<access::Session> session;
  std::string session_token;  ///< of the session
  std::optional<access::ApiKey> key;

  bool is_anonymous() const { return !session && !key; }
  access::LoginId login() const { return session ? session->login : key ? key->login : 0; }
  /// Whose data are "mine"; 0: nobody's.
  access::PersonId person() const { return session ? session->person : key ? key->person : 0; }

  /// By session in the operator's role, or by a key with `admin`.
  bool is_operator() const;

  /// Whether what stands under that scope is open: to sessions all that is theirs, to keys what they were made for.
  bool may(access::Scope scope) const;

  /// One of a route's scopes suffices; no scopes: everybody.
  bool has_any(const std::vector<std::string>& scopes) const;
};

/// Of a request that came through the guard. Anonymous where there was none.
const Caller& caller_of(const http::Request& request);

}  // namespace renown::api
