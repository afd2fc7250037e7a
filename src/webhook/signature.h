/// Signatures of Standard Webhooks 1.0 (standardwebhooks.com): HMAC-SHA256 over "id.timestamp.body", as
/// "v1,<base64>". A verifier beside it, as a reference for receivers; any library of that standard does the same.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "renown/result.h"

#include "base/random.h"

namespace renown::webhook {

/// A key that one endpoint and we share. Thread-safe.
class Secret {
 public:
  static constexpr std::size_t kLeastBytes = 24, kMostBytes = 64;  ///< what the standard asks for

  /// 24 bytes that nobody can guess.
  static Secret draw(const base::RandomBytes& random);

  /// "whsec_" and base64, or base64 alone. errors  bad_input, without showing the text
  static Result<Secret> parse(std::string_view text);

  /// "whsec_...": how its owner is shown it, once.
  std::string text() const;

  /// "v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4="
  ///
  /// id    of the webhook; without a full stop
  /// time  of the attempt, unix seconds
  /// body  the bytes as they are sent
  std::string sign(std::string_view id, std::int64_t time, std::string_view body) const;

 private:
  explicit Secret(std::string bytes) : bytes_(std::move(bytes)) {}
  std::string bytes_;
};

/// What the three headers say.
struct Claimed {
  std::string_view id;          ///< webhook-id
  std::string_view timestamp;   ///< webhook-timestamp
  std::string_view signatures;  ///< webhook-signature: one or more, separated by blanks
};

inline constexpr std::int64_t kToleranceSeconds = 300;  ///< either way; what is older may be a replay

/// Whether a webhook is from who holds one of the secrets, and is new. Compares in constant time. Who receives must
/// also remember ids for ten minutes: within the tolerance the same bytes are good twice.
///
/// now     unix seconds
/// errors  bad_input: a timestamp that is none or too far from now; no signature that fits
Result<void> verify(std::span<const Secret> secrets, const Claimed& claimed, std::string_view body, std::int64_t now);

}  // namespace renown::webhook
