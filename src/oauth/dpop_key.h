/// DPoP (RFC 9449): a token is worth nothing without the key it was given to.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "renown/result.h"

#include "base/random.h"
#include "oauth/p256_key.h"

namespace renown::oauth {

/// What one proof is for.
struct DpopUse {
  std::string_view method;        ///< of the request it goes with
  std::string_view url;           ///< of that request; its query and fragment are left away
  std::int64_t now = 0;           ///< unix seconds
  std::string_view nonce;         ///< the server's last one; empty if it gave none
  std::string_view access_token;  ///< whose use is proved; empty towards the authorization server
};

/// A key on the curve P-256, for signatures by ES256.
class DpopKey {
 public:
  /// Drawn by OpenSSL from the system.
  static DpopKey generate();

  /// What text() gave. errors  bad_input, without showing the text
  static Result<DpopKey> from_text(std::string_view text);

  /// The private key, for the vault alone.
  std::string text() const;

  /// The public key as a JWK: {"crv":"P-256","kty":"EC","x":...,"y":...}, its members in the order of RFC 7638.
  std::string public_jwk() const;

  /// base64url(SHA-256(public_jwk())): how servers name the key.
  std::string thumbprint() const;

  /// The value of a DPoP header. Each has an id of its own, so none is ever used twice.
  std::string proof(const DpopUse& use, const base::RandomBytes& random) const;

 private:
  explicit DpopKey(P256Key key) : key_(std::move(key)) {}

  P256Key key_;
};

}  // namespace renown::oauth
