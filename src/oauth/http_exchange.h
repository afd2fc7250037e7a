/// HttpExchange: how this folder asks a server, without knowing who opens the socket.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "renown/result.h"

namespace renown::oauth {

using Headers = std::vector<std::pair<std::string, std::string>>;

struct HttpRequest {
  std::string method;  ///< "GET" or "POST"
  std::string url;
  Headers headers;
  std::string body;
};

struct HttpAnswer {
  int status = 0;
  Headers headers;  ///< names in any case
  std::string body;

  /// The first header of that name, whatever the case of its letters; "" if there is none.
  std::string_view header(std::string_view name) const;
};

class HttpExchange {
 public:
  virtual ~HttpExchange() = default;

  /// One request, no redirect followed: a code or a token must not go where it was not meant to.
  /// errors  io, if there was no whole answer; the server may have seen the request all the same
  virtual Result<HttpAnswer> send(const HttpRequest& request) = 0;
};

}  // namespace renown::oauth
