#include "oauth/pkce.h"

#include "oauth/encoding.h"

namespace renown::oauth {

std::string pkce_verifier(const base::RandomBytes& random) {
  return base::random_text(random, 32);
}

std::string pkce_challenge(std::string_view verifier) {
  return sha256_text(verifier);
}

}  // namespace renown::oauth
