/// One question to a token endpoint, with the client's own proof and, where tokens are bound to a key, DPoP.
#pragma once

#include <cstdint>
#include <expected>
#include <string>

#include "base/random.h"
#include "net/transport.h"
#include "oauth/credential.h"
#include "oauth/encoding.h"
#include "oauth/token_answer.h"

namespace renown::oauth {

/// What it takes to ask: of the caller, who keeps it.
struct Asking {
  net::Transport& transport;
  const base::RandomBytes& random;
  std::int64_t now = 0;  ///< unix seconds
};

/// Sends a form to an endpoint of the server, the client's id and secret added. The server's DPoP nonce is taken over
/// into `dpop_nonce`; where it asks for one, the question is put once more.
///
/// dpop_key  DpopKey::text(), or ""
/// errors    io: no whole answer; bad_input: the key is damaged
Result<net::Response> post_form(const Asking& asking, const std::string& url, const Client& client,
                                Parameters parameters, const std::string& dpop_key, std::string& dpop_nonce);

/// post_form to the token endpoint, and what its answer means. An answer that did not come is Refusal::try_again.
std::expected<Tokens, TokenProblem> ask_for_tokens(const Asking& asking, Credential& credential, Parameters parameters);

}  // namespace renown::oauth
