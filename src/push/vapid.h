/// VAPID (RFC 8292): tells a push service who sends, so that a subscription is good for nobody else.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "net/url.h"
#include "oauth/p256_key.h"

namespace renown::push {

inline constexpr std::int64_t kTokenSeconds = 12 * 3600;  ///< a token may hold for 24 hours; clocks differ

/// The public key as browsers take it (applicationServerKey): base64url of its point.
std::string public_key_text(const oauth::P256Key& key);

/// The value of the Authorization header: "vapid t=<JWT by ES256>, k=<public key>".
///
/// endpoint  of the subscription; the token is for its server alone
/// contact   "mailto:..." or "https://...": how a push service reaches the operator
std::string vapid_authorization(const oauth::P256Key& key, const net::Url& endpoint, std::string_view contact,
                                std::int64_t now);

}  // namespace renown::push
