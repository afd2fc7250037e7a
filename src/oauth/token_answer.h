/// What a token endpoint answers: tokens, or why there are none.
#pragma once

#include <cstdint>
#include <expected>
#include <string>

#include "net/transport.h"

namespace renown::oauth {

struct Tokens {
  std::string access;
  std::string refresh;          ///< "" if there is none
  std::string scope;            ///< what was granted; "" if the server does not say: what was asked for
  std::string subject;          ///< whom they are of, where the server says: a DID
  std::int64_t expires_at = 0;  ///< of the access token, unix seconds; 0: not known
};

/// Why there are no tokens, by what is to be done.
enum class Refusal {
  try_again,      ///< the network, the server or its limits: nothing is lost, later it may go well
  grant_refused,  ///< the code or refresh token is not taken (any more)
  needs_nonce,    ///< the same again with the DPoP nonce that came along
  misconfigured,  ///< the client is not known, or asked for the wrong thing: a person must look
};

struct TokenProblem {
  Refusal refusal = Refusal::try_again;
  std::string reason;  ///< a clause without any secret: "invalid_grant (status 400)"
};

/// now  unix seconds: what "expires_in" counts from
std::expected<Tokens, TokenProblem> parse_token_answer(const net::Response& answer, std::int64_t now);

}  // namespace renown::oauth
