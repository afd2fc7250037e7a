/// P256Key: a key pair on the curve P-256: signatures by ES256, and secrets that two keys share.
#pragma once

#include <array>
#include <memory>
#include <string>
#include <string_view>

#include "renown/result.h"

namespace renown::oauth {

inline constexpr std::size_t kCoordinateBytes = 32;  ///< of a number on P-256

/// Cheap to copy; thread-safe.
class P256Key {
 public:
  /// Drawn by OpenSSL from the system.
  static P256Key generate();

  /// What text() gave. errors  bad_input, without showing the text
  static Result<P256Key> from_text(std::string_view text);

  /// From the private number alone, 32 bytes, big-endian: how Web Push writes keys. errors  bad_input
  static Result<P256Key> from_number(std::string_view number);

  /// The private key (PKCS #8, as base64url), for the vault alone.
  std::string text() const;

  /// The public key: 4, x and y, 65 bytes (SEC 1, uncompressed).
  std::string point() const;

  /// r and s of the signature of SHA-256(text), 32 bytes each (RFC 7518, section 3.4).
  std::string sign(std::string_view text) const;

  /// What this key and the owner of `point` share (ECDH), 32 bytes. errors  bad_input where it is no point of the curve
  Result<std::string> shared_secret(std::string_view point) const;

 private:
  struct Key;
  explicit P256Key(std::shared_ptr<const Key> key) : key_(std::move(key)) {}

  std::shared_ptr<const Key> key_;
};

}  // namespace renown::oauth
