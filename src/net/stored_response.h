/// A response as the bytes of a cache file. For the sources of this folder only.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "net/message.h"

namespace renown::net {

/// "renown-cache 1 DIGEST\n", the address, "Name: value" lines, an empty line, the body. The digest is the SHA-256 of
/// all that follows it. Set-Cookie is left out.
std::string pack_response(const Response& response);

/// Nothing unless the bytes are whole and as they were written.
std::optional<Response> unpack_response(std::string_view bytes);

/// The SHA-256 of some bytes as 64 hexadecimal digits.
std::string digest_of(std::string_view bytes);

}  // namespace renown::net
