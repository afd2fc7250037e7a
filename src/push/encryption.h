/// Encryption of push messages for one browser (RFC 8291, content coding aes128gcm of RFC 8188): the push service that
/// carries them cannot read them.
#pragma once

#include <string>
#include <string_view>

#include "renown/result.h"

#include "oauth/p256_key.h"

namespace renown::push {

/// What a browser gives with its subscription. errors of parse  bad_input, without showing the texts
struct BrowserKeys {
  std::string point;  ///< p256dh: its public key, 65 bytes
  std::string auth;   ///< a secret of 16 bytes

  /// Both as base64url, as PushSubscription.toJSON() has them.
  static Result<BrowserKeys> parse(std::string_view p256dh, std::string_view auth);
};

inline constexpr std::size_t kSaltBytes = 16;

/// Push services take bodies of 4,096 bytes (RFC 8030, section 7.2): what of it the message may have.
inline constexpr std::size_t kMostMessageBytes = 4096 - 86 - 17;

/// The body of the request: salt, record size, our key, and one sealed record.
///
/// our_key  made for this message alone
/// salt     16 random bytes
/// errors   bad_input for a message that is too long, a salt that is none, or a point that is not on the curve
Result<std::string> encrypt(std::string_view message, const BrowserKeys& browser, const oauth::P256Key& our_key,
                            std::string_view salt);

}  // namespace renown::push
