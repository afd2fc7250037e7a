/// PKCE (RFC 7636): a code is worth nothing to who did not ask for it. Always S256, never plain.
#pragma once

#include <string>
#include <string_view>

#include "base/random.h"

namespace renown::oauth {

/// A verifier of 43 letters: 256 bits.
std::string pkce_verifier(const base::RandomBytes& random);

/// base64url(SHA-256(verifier)).
std::string pkce_challenge(std::string_view verifier);

}  // namespace renown::oauth
