/// AddressGuard: which addresses may be connected to.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "renown/result.h"

#include "net/address.h"
#include "net/url.h"

namespace renown::net {

/// Asked when a socket is about to be opened, with the address it will go to, so that no name, spelling, redirect or
/// change of a DNS answer passes it. Everything but ordinary addresses of the internet is refused, unless the operator
/// has allowed the host and port of the URL by name.
class AddressGuard {
 public:
  /// Allows nothing special.
  AddressGuard() = default;

  /// allowed  "host:port" each, exactly as in the URL: "127.0.0.1:8080", "[::1]:8080", "db.internal:443"
  /// errors   usage, naming what is not of that form
  static Result<AddressGuard> allowing(const std::vector<std::string>& allowed);

  /// Empty if a connection for `url` may go to `address`, else the special network it lies in.
  std::string_view refusal(const Url& url, const Address& address) const;

 private:
  std::set<std::string, std::less<>> allowed_;  ///< as Url::host_and_port
};

}  // namespace renown::net
