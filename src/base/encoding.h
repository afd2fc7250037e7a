/// Bytes as text: hexadecimal digits, base64 with padding and base64url without it (RFC 4648, sections 4 and 5). By
/// libsodium.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace renown::base {

/// Two lower-case digits a byte.
std::string hex(std::span<const unsigned char> bytes);

std::string base64url(std::span<const unsigned char> bytes);
std::string base64url(std::string_view bytes);

/// The bytes; nothing for what base64url() does not write.
std::optional<std::string> from_base64url(std::string_view text);

std::string base64(std::string_view bytes);

/// The bytes; nothing for what base64() does not write.
std::optional<std::string> from_base64(std::string_view text);

}  // namespace renown::base
