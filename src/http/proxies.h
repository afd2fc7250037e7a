/// Proxies: the operator's own, whose word about who asks is taken.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "renown/result.h"

#include "net/address.h"
#include "net/headers.h"

namespace renown::http {

/// Who asks, as far as it can be known.
struct Client {
  std::string address;     ///< as text
  bool is_secure = false;  ///< asked by https, as the proxy says
};

/// In which header the operator's proxies say for whom they ask.
enum class ProxyHeader : std::uint8_t {
  x_forwarded,  ///< X-Forwarded-For and X-Forwarded-Proto
  forwarded,    ///< Forwarded (RFC 7239)
};

class Proxies {
 public:
  /// addresses  "127.0.0.1", "10.0.0.0/8", "::1", "fd00::/8"; none: nobody's word is taken
  /// header     the one that all of them set or remove; the other is never read, since a proxy that does not know it
  ///            hands a stranger's on
  /// errors     bad_input, naming the address
  static Result<Proxies> make(std::span<const std::string> addresses, ProxyHeader header = ProxyHeader::x_forwarded);

  bool contains(const net::Address& address) const;

  /// Who asks by this connection. If its other end is a proxy of the operator's, the header is read from its end, as
  /// long as the names are proxies too, for what stands before the first stranger is the stranger's own invention.
  /// Where that is no address ("unknown", "_hidden"), it is the nearest proxy that is one.
  Client client_of(const net::Address& peer, const net::Headers& headers) const;

 private:
  struct Network {
    net::Address address;
    unsigned bits;
  };
  std::vector<Network> networks_;
  ProxyHeader header_ = ProxyHeader::x_forwarded;
};

/// The part of an address that one caller has to himself, for limits: all of IPv4, the first 64 bits of IPv6.
std::string limit_key(const net::Address& address);

}  // namespace renown::http
