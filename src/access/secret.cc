#include "access/secret.h"

#include <algorithm>
#include <array>

#include <sodium.h>

#include "base/encoding.h"

namespace renown::access {
namespace {

using Digest = std::array<unsigned char, crypto_generichash_BYTES>;

// Part of the store: another text would make every secret unknown.
constexpr std::array<std::string_view, 6> kLabels = {"renown session", "renown link",        "renown API key",
                                                     "renown set-up",  "renown idempotency", "renown address"};

std::string keyed(std::string_view key, std::string_view message) {
  Digest digest;
  crypto_generichash(digest.data(), digest.size(), reinterpret_cast<const unsigned char*>(message.data()),
                     message.size(), reinterpret_cast<const unsigned char*>(key.data()),
                     std::min<std::size_t>(key.size(), crypto_generichash_KEYBYTES_MAX));
  return base::base64url(digest);
}

}  // namespace

std::string new_secret(const base::RandomBytes& random) {
  return base::random_text(random, 32);
}

std::string secret_hash(SecretKind kind, std::string_view secret) {
  return keyed(kLabels[static_cast<std::size_t>(kind)], secret);
}

std::string derived_text(std::string_view secret, std::string_view label) {
  return keyed(secret, label);
}

bool same_secret(std::string_view one, std::string_view other) {
  return one.size() == other.size() && sodium_memcmp(one.data(), other.data(), one.size()) == 0;
}

}  // namespace renown::access
