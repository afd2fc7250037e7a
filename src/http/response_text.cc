#include "http/response_text.h"

#include <iterator>

#include <fmt/format.h>

#include "http/problem.h"

namespace renown::http {

std::string response_head(const Response& response, const ResponseFrame& frame) {
  std::string text;
  text.reserve(1024);
  auto out = std::back_inserter(text);
  fmt::format_to(out, "HTTP/1.1 {} {}\r\n", response.status, reason_phrase(response.status));
  if (!frame.date.empty()) fmt::format_to(out, "Date: {}\r\n", frame.date);
  if (has_body(response.status)) {
    if (response.body.size() > 0) fmt::format_to(out, "Content-Type: {}\r\n", response.content_type);
    fmt::format_to(out, "Content-Length: {}\r\n", response.body.size());
  }
  for (const Header& header : response.headers) {
    text.append(header.name).append(": ").append(header.value).append("\r\n");
  }
  text += security_headers(response.security);
  if (!frame.keep_alive) {
    text += "Connection: close\r\n";
  } else if (frame.minor_version == 0) {
    text += "Connection: keep-alive\r\n";
  }
  text += "\r\n";
  return text;
}

}  // namespace renown::http
