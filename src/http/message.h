/// Request and Response: what a route is asked and what it answers.
#pragma once

#include <any>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "http/arguments.h"
#include "http/security_headers.h"
#include "net/headers.h"

namespace renown::http {

using net::Header;
using net::Headers;

struct Request {
  std::string method = {};  ///< as it was sent: "GET"
  std::string path = {};    ///< begins with '/', percent-encoded as it was sent; of an absolute target its path
  std::string query = {};   ///< what stands behind the first '?', percent-encoded; empty where there is none
  int minor_version = 1;    ///< HTTP/1.1, or 0 for HTTP/1.0
  Headers headers = {};
  std::string body = {};     ///< whole, at most what the route takes
  std::string client = {};   ///< address of who asks, as text: behind a proxy of the operator's, as that proxy says
  bool is_secure = false;    ///< a proxy of the operator's says that it was asked by https
  std::any caller = {};      ///< what the service's guard found out about who asks; empty without a guard
  Arguments arguments = {};  ///< parameters of path and query, checked against the route's declarations
};

/// The bytes of a response: its own, or bytes in memory that many responses share and nobody changes.
class Body {
 public:
  Body() = default;
  Body(std::string own) : bytes_(std::move(own)) {}                               // NOLINT: implicit on purpose
  Body(const char* text) : bytes_(std::string(text)) {}                           // NOLINT: implicit on purpose
  Body(std::shared_ptr<const std::string> shared) : bytes_(std::move(shared)) {}  // NOLINT: implicit on purpose

  std::string_view bytes() const {
    if (const auto* own = std::get_if<std::string>(&bytes_)) return *own;
    return *std::get<std::shared_ptr<const std::string>>(bytes_);
  }
  std::size_t size() const { return bytes().size(); }

 private:
  std::variant<std::string, std::shared_ptr<const std::string>> bytes_;
};

struct Response {
  int status = 200;
  std::string content_type = "application/json";  ///< sent where there is a body
  Body body = {};
  Headers headers = {};  ///< without Content-Type, Content-Length, Date and Connection, which the server writes
  Security security = Security::data;
  std::string note = {};     ///< what the operator is told and the caller is not; never sent
  bool may_compress = true;  ///< false where the body holds a secret beside what a stranger may have chosen (BREACH)
};

}  // namespace renown::http
