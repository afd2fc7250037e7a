/// Secrets that a store must recognise and cannot tell: session tokens, one-time links, API keys.
#pragma once

#include <string>
#include <string_view>

#include "base/random.h"

namespace renown::access {

/// What a secret is for. Its hash depends on it: a secret of one kind is none of another.
enum class SecretKind { session, link, api_key, set_up, idempotency, address };

/// 256 random bits as 43 letters of base64url.
std::string new_secret(const base::RandomBytes& random);

/// What is stored instead: BLAKE2b-256 under a key that names the kind, as 43 letters of base64url. Quick on purpose:
/// who has the hash of 256 random bits cannot guess them, however quick each guess is. Not for what people think up.
/// Cost: 1 us.
std::string secret_hash(SecretKind kind, std::string_view secret);

/// A text that only who has the secret can work out, and that does not tell it: BLAKE2b-256 of `label` under the
/// secret.
std::string derived_text(std::string_view secret, std::string_view label);

/// Whether they are equal, in a time that depends on their lengths alone.
bool same_secret(std::string_view one, std::string_view other);

}  // namespace renown::access
