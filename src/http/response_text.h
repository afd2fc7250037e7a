/// The head of a response as it is sent.
#pragma once

#include <string>
#include <string_view>

#include "http/message.h"

namespace renown::http {

struct ResponseFrame {
  int minor_version = 1;  ///< of the request
  bool keep_alive = true;
  std::string_view date = {};  ///< empty: is not sent
};

/// Status line and headers up to the empty line. Content-Length is the body's size, also where it is not sent (HEAD);
/// 204 and 304 have none.
std::string response_head(const Response& response, const ResponseFrame& frame);

/// Whether a response of this status has a body at all.
constexpr bool has_body(int status) {
  return status >= 200 && status != 204 && status != 304;
}

}  // namespace renown::http
