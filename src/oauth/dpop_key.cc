#include "oauth/dpop_key.h"

#include <utility>

#include <fmt/format.h>

#include "base/encoding.h"
#include "io/json_escape.h"
#include "oauth/encoding.h"

namespace renown::oauth {
namespace {

std::string_view without_query(std::string_view url) {
  return url.substr(0, url.find_first_of("?#"));
}

}  // namespace

DpopKey DpopKey::generate() {
  return DpopKey(P256Key::generate());
}

Result<DpopKey> DpopKey::from_text(std::string_view text) {
  auto key = P256Key::from_text(text);
  if (!key) return bad_input("a stored DPoP key is damaged");
  return DpopKey(std::move(*key));
}

std::string DpopKey::text() const {
  return key_.text();
}

std::string DpopKey::public_jwk() const {
  const std::string point = key_.point();
  return fmt::format(R"({{"crv":"P-256","kty":"EC","x":"{}","y":"{}"}})",
                     base::base64url(std::string_view(point).substr(1, kCoordinateBytes)),
                     base::base64url(std::string_view(point).substr(1 + kCoordinateBytes)));
}

std::string DpopKey::thumbprint() const {
  return sha256_text(public_jwk());
}

std::string DpopKey::proof(const DpopUse& use, const base::RandomBytes& random) const {
  const std::string header = fmt::format(R"({{"typ":"dpop+jwt","alg":"ES256","jwk":{}}})", public_jwk());
  std::string claims = fmt::format(R"({{"jti":"{}","htm":"{}","htu":{},"iat":{})", base::random_text(random, 16),
                                   use.method, io::json_string(without_query(use.url)), use.now);
  if (!use.nonce.empty()) claims += ",\"nonce\":" + io::json_string(use.nonce);
  if (!use.access_token.empty()) claims += ",\"ath\":\"" + sha256_text(use.access_token) + '"';
  claims += '}';
  const std::string signed_part = base::base64url(header) + '.' + base::base64url(claims);
  return signed_part + '.' + base::base64url(key_.sign(signed_part));
}

}  // namespace renown::oauth
