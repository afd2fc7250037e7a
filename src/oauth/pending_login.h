/// PendingLogin: what only we know of a log-in that a person is sent away for, and how the vault holds it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "renown/result.h"

#include "oauth/credential.h"

namespace renown::oauth {

struct PendingLogin {
  Credential credential;      ///< as far as it goes without tokens
  std::string verifier;       ///< of PKCE
  std::string subject;        ///< whom the tokens must be of; "" where the server does not say
  std::int64_t ends_at = 0;   ///< unix seconds; from then on its answer is refused
  bool names_itself = false;  ///< the server must say in the callback which one it is
};

std::string to_text(const PendingLogin& pending);

/// errors  bad_input, without showing the text
Result<PendingLogin> parse_pending_login(std::string_view text);

}  // namespace renown::oauth
