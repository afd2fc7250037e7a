/// gzip for texts, where the client takes it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "http/message.h"

namespace renown::http {

inline constexpr std::size_t kLeastCompressed = 1024;  ///< bytes; less fits in one packet anyway

/// The bytes as gzip (RFC 1952), at the level that `level` says: 1 to 9.
std::string gzip(std::string_view bytes, int level);

/// Whether `Accept-Encoding` takes a coding ("gzip", "br"): named, or by "*", with a weight above 0.
bool accepts(const Headers& headers, std::string_view coding);

/// Whether bytes of this type become shorter: text, JSON, XML, SVG, JavaScript.
bool is_compressible(std::string_view content_type);

/// Says of a response that is compressible, has kLeastCompressed bytes and no Content-Encoding yet what is true of it
/// and of the 304 that may take its place: `Vary: Accept-Encoding`, and "-gzip" in the ETag if the request takes gzip.
///
/// returns  whether its body is to be compressed
bool announce_compression(const Request& request, Response& response);

/// Compresses the body. Cost: about 20 ns a byte.
void compress(Response& response);

}  // namespace renown::http
