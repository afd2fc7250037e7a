/// Head: the first part of a request, read so strictly that no two programs can read it as two things.
#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <optional>
#include <string_view>

#include "http/message.h"
#include "http/refusal.h"

namespace renown::http {

struct HeadLimits {
  std::size_t bytes = 16 << 10;        ///< of request line and headers; more is 431
  std::size_t target_bytes = 8 << 10;  ///< of the target; more is 414
  std::size_t headers = 100;           ///< how many; more is 431
};

/// What a head says about the connection and the body that follows.
struct Framing {
  bool is_chunked = false;
  std::uint64_t content_length = 0;  ///< bytes; 0 where none is given
  bool expects_continue = false;     ///< the client waits for "100 Continue" before it sends the body
  bool keep_alive = true;
};

struct Head {
  Request request;  ///< without body, client and arguments
  Framing framing;
};

/// Bytes from the beginning of `bytes` to behind the empty line that ends a head; nothing if that line is not there.
/// Empty lines before a request line, which some clients send after a body, are part of the head.
///
/// searched  bytes known to hold no end: only what came later is looked through
std::optional<std::size_t> find_head_end(std::string_view bytes, std::size_t searched = 0);

/// Reads a head as find_head_end() has cut it. Refuses what RFC 9112 calls an error or lets a recipient repair: a line
/// end that is not CRLF, folded headers, blanks around a header's name, control characters, more than one Host,
/// Content-Length or Transfer-Encoding, both of the latter, any transfer coding but `chunked`, a length that is not
/// digits alone. The target may be a path with query ("/a?b"), absolute ("http://host/a?b", RFC 9112 section 3.2.2), or
/// "*" for OPTIONS.
///
/// errors  400, 414, 417 (an expectation other than 100-continue), 431, 501 (a transfer coding), 505 (a version);
///         after each of them the connection is to be closed, for where the next request begins is not known
std::expected<Head, Refusal> parse_head(std::string_view bytes, const HeadLimits& limits = {});

}  // namespace renown::http
