/// Web addresses in one form each, so that two spellings of one address are equal texts and no two addresses are.
#pragma once

#include <string>
#include <string_view>

#include "renown/result.h"

namespace renown::people {

/// An http or https address, taken apart.
struct WebAddress {
  std::string scheme;  ///< "http" or "https"
  std::string host;    ///< lower case, ASCII, no dot at the end
  std::string port;    ///< empty where it is the scheme's own
  std::string path;    ///< begins with '/', no dot segments, percent-encoding only where it must be, as %XX
  std::string query;   ///< without '?'

  std::string authority() const { return port.empty() ? host : host + ":" + port; }

  /// With the path as it is.
  std::string text() const;

  /// What the address is compared by: https whatever the scheme, no slash at the end, no fragment.
  std::string name() const;
};

/// Takes "https://host/path". Stricter than net::Url, which reads what may be fetched: what browsers forgive is
/// refused, since a proof must not hang on who forgives what: other schemes, a user before the host, a host with
/// letters outside of ASCII (they look alike; write its xn-- form), blanks, backslashes and control characters inside.
///
/// errors  bad_input, naming the address and what is wrong
Result<WebAddress> parse_web_address(std::string_view text);

/// `reference` as it stands in a page of the address `base`: absolute, "//host/path", "/path", "path", "?query", "".
/// errors  as parse_web_address
Result<WebAddress> resolve(const WebAddress& base, std::string_view reference);

/// Paths and queries in one spelling: %7e and ~ are the same to every server, %2f and / are not. What need not be
/// encoded is decoded, every other byte is %XX.
std::string normal_encoding(std::string_view text);

/// Whether `text` is a host name of the Internet in lower case: labels of letters, digits and hyphens, two at least,
/// the last not all digits.
bool is_host_name(std::string_view text);

}  // namespace renown::people
