/// How OAuth writes things down: forms, and secrets that are named without being told.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace renown::oauth {

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
