/// Request and Response: what goes out and what comes back.
#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "net/failure.h"

namespace renown::net {

struct Header {
  std::string name;  ///< compared without regard to case
  std::string value;
  bool operator==(const Header&) const = default;
};

/// The headers of a message, in order; one name may come several times.
class Headers {
 public:
  Headers() = default;
  Headers(std::initializer_list<Header> headers) : headers_(headers) {}

  void add(std::string name, std::string value) { headers_.push_back({std::move(name), std::move(value)}); }
  void set(std::string name, std::string value);  ///< instead of any that there are
  void remove(std::string_view name);

  /// The first of that name.
  std::optional<std::string_view> find(std::string_view name) const;

  /// All of that name, joined by ", " as RFC 9110 has it; empty where there is none.
  std::string all(std::string_view name) const;

  auto begin() const { return headers_.begin(); }
  auto end() const { return headers_.end(); }
  std::size_t size() const { return headers_.size(); }
  bool operator==(const Headers&) const = default;

 private:
  std::vector<Header> headers_;
};

/// Whether two header names are one: ASCII letters without regard to case.
bool same_name(std::string_view one, std::string_view other);

/// Whether a request header says who asks (Authorization, Cookie, API keys): sent to no other server, put on no tape.
bool is_credential_header(std::string_view name);

/// Whether a text is a token of RFC 9110: the name of a method or header.
bool is_token(std::string_view text);

/// Why headers cannot be sent: a line break in one would be a second header, or a second request.
std::optional<Failure> unsendable_headers(const Headers& headers);

struct Request {
  std::string method = "GET";
  std::string url;
  Headers headers = {};
  std::string body = {};

  /// The most bytes of the response's body, unpacked; the fetcher's own cap where empty.
  std::optional<std::size_t> max_body_bytes = {};
};

struct Response {
  int status = 0;
  Headers headers = {};
  std::string body = {};    ///< unpacked
  std::string url = {};     ///< where it came from in the end
  bool from_cache = false;  ///< the server said that the stored body still holds
  int redirects = 0;        ///< followed on the way
};

/// A response, whatever its status, or why there is none.
using Fetched = std::expected<Response, Failure>;

}  // namespace renown::net
