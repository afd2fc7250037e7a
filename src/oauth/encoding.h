/// How OAuth writes things down: base64url without padding (RFC 4648, section 5) and forms.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace renown::oauth {

std::string base64url(std::span<const unsigned char> bytes);
std::string base64url(std::string_view bytes);

/// The bytes; nothing for what base64url() does not write.
std::optional<std::string> from_base64url(std::string_view text);

/// base64url(SHA-256(text)): how OAuth names a secret without telling it.
std::string sha256_text(std::string_view text);

using Parameters = std::vector<std::pair<std::string, std::string>>;

/// "a=1&b=x%20y": application/x-www-form-urlencoded, with blanks as %20, so that it also is a query.
std::string form(const Parameters& parameters);

/// Reads a query or a form; `+` is a blank. nothing where an escape is cut off or no hexadecimal number.
std::optional<Parameters> parse_form(std::string_view text);

/// The one value of that name; nothing if there is none, or several (RFC 6749, section 3.1: none may be repeated).
std::optional<std::string_view> only(const Parameters& parameters, std::string_view name);

}  // namespace renown::oauth
