/// Url: an absolute http, https, ws or wss address, checked and in one spelling.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "renown/result.h"

namespace renown::net {

/// One spelling: scheme and host in lower case, an international name in its ASCII form, IPv4 as four decimals (0x7f.1
/// is 127.0.0.1), IPv6 shortened, no trailing dot, no default port, no fragment, a path of at least "/".
/// Refused: other schemes, user names and passwords, zone ids, backslashes, blanks, control characters, port 0.
class Url {
 public:
  static constexpr std::size_t kMaxBytes = 8192;

  /// errors  bad_input: one sentence that shows neither password nor query
  static Result<Url> parse(std::string_view text);

  /// The address that `reference` ("/next", "?page=2", "//host/x", a whole URL) means on this page.
  Result<Url> resolve(std::string_view reference) const;

  const std::string& scheme() const { return scheme_; }
  const std::string& host() const { return host_; }      ///< IPv6 in brackets
  std::uint16_t port() const { return port_; }           ///< the default of the scheme where none is written
  const std::string& target() const { return target_; }  ///< path and query
  bool is_secure() const { return scheme_ == "https" || scheme_ == "wss"; }

  std::string text() const;           ///< the whole, as it is sent
  std::string host_and_port() const;  ///< "example.org:443"
  std::string origin() const;         ///< "https://example.org:443"

  /// For sentences: without query, and long parts of the path cut, for both may hold secrets.
  std::string shown() const;

  bool operator==(const Url&) const = default;

 private:
  std::string scheme_;
  std::string host_;
  std::uint16_t port_ = 0;
  std::string target_;
};

}  // namespace renown::net
