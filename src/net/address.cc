#include "net/address.h"

#include <algorithm>
#include <cstring>
#include <span>

#include <arpa/inet.h>
#include <netinet/in.h>

namespace renown::net {
namespace {

/// All addresses that agree with `prefix` in the first `bits` bits.
struct Network {
  std::array<std::uint8_t, 16> prefix;
  int bits;
  std::string_view name;
};

constexpr Network kIpv4[] = {
    {{0}, 8, "unspecified"},                // on Linux 0.0.0.0 is this machine
    {{10}, 8, "private"},                   // RFC 1918
    {{100, 64}, 10, "carrier's private"},   // RFC 6598, CGNAT
    {{127}, 8, "loopback"},                 // RFC 1122
    {{169, 254}, 16, "link-local"},         // RFC 3927; clouds keep secrets at 169.254.169.254
    {{172, 16}, 12, "private"},             // RFC 1918
    {{192, 0, 0}, 24, "reserved"},          // RFC 6890
    {{192, 0, 2}, 24, "documentation"},     // RFC 5737
    {{192, 88, 99}, 24, "reserved"},        // RFC 7526, once 6to4 relays
    {{192, 168}, 16, "private"},            // RFC 1918
    {{198, 18}, 15, "benchmarking"},        // RFC 2544
    {{198, 51, 100}, 24, "documentation"},  // RFC 5737
    {{203, 0, 113}, 24, "documentation"},   // RFC 5737
    {{224}, 4, "multicast"},                // RFC 5771
    {{240}, 4, "reserved"},                 // RFC 1112, with the broadcast address
};

// Looked at from the top: exact addresses first, then the rest of what is no global unicast (2000::/3).
constexpr Network kIpv6[] = {
    {{}, 128, "unspecified"},
    {{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}, 128, "loopback"},
    {{}, 96, "IPv4-compatible"},                           // RFC 4291, deprecated
    {{0xfc}, 7, "private"},                                // RFC 4193, unique local
    {{0xfe, 0x80}, 10, "link-local"},                      // RFC 4291
    {{0xfe, 0xc0}, 10, "private"},                         // RFC 3879, site-local
    {{0xff}, 8, "multicast"},                              // RFC 4291
    {{0x20, 0x01, 0x00, 0x02, 0, 0}, 48, "benchmarking"},  // RFC 5180
    {{0x20, 0x01, 0x0d, 0xb8}, 32, "documentation"},       // RFC 3849
    {{0x3f, 0xff, 0x00}, 20, "documentation"},             // RFC 9637
    {{0x20, 0x01, 0x00}, 23, "reserved"},                  // RFC 2928, with ORCHID; Teredo is taken out before
};
constexpr Network kGlobalUnicast{{0x20}, 3, ""};

constexpr Network kMapped{{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff}, 96, ""};  // RFC 4291
constexpr Network kTranslated{{0, 0x64, 0xff, 0x9b}, 96, ""};                   // RFC 6052, NAT64
constexpr Network k6to4{{0x20, 0x02}, 16, ""};                                  // RFC 3056
constexpr Network kTeredo{{0x20, 0x01, 0, 0}, 32, ""};                          // RFC 4380

bool lies_in(const Address& address, const Network& network) {
  int bits = network.bits;
  for (std::size_t i = 0; bits > 0; ++i, bits -= 8) {
    const auto mask = static_cast<std::uint8_t>(bits >= 8 ? 0xff : 0xff << (8 - bits));
    if ((address.bytes[i] & mask) != (network.prefix[i] & mask)) return false;
  }
  return true;
}

std::string_view special_in(const Address& address, std::span<const Network> networks) {
  for (const Network& network : networks) {
    if (lies_in(address, network)) return network.name;
  }
  return {};
}

/// The IPv4 address in four bytes of an IPv6 one; `flip` is what each was changed by.
Address carried(const Address& address, std::size_t offset, std::uint8_t flip = 0) {
  Address inner;
  for (std::size_t i = 0; i < 4; ++i) inner.bytes[i] = static_cast<std::uint8_t>(address.bytes[offset + i] ^ flip);
  return inner;
}

std::string_view special_teredo(const Address& address) {
  const auto server = special_network(carried(address, 4));
  return server.empty() ? special_network(carried(address, 12, 0xff)) : server;
}

/// RFC 5214: the interface id 0000:5efe or 0200:5efe is followed by an IPv4 address.
bool is_isatap(const Address& address) {
  const auto& b = address.bytes;
  return (b[8] & 0xfd) == 0 && b[9] == 0 && b[10] == 0x5e && b[11] == 0xfe;
}

std::string_view special_ipv6(const Address& address) {
  if (lies_in(address, kMapped) || lies_in(address, kTranslated)) return special_network(carried(address, 12));
  if (lies_in(address, k6to4)) return special_network(carried(address, 2));
  if (lies_in(address, kTeredo)) return special_teredo(address);
  if (const auto name = special_in(address, kIpv6); !name.empty()) return name;
  if (!lies_in(address, kGlobalUnicast)) return "reserved";
  return is_isatap(address) ? special_network(carried(address, 12)) : std::string_view{};
}

}  // namespace

std::optional<Address> Address::from(const sockaddr* address, std::size_t size_bytes) {
  Address result;
  if (address == nullptr || size_bytes < sizeof(sa_family_t)) return std::nullopt;
  if (address->sa_family == AF_INET && size_bytes >= sizeof(sockaddr_in)) {
    sockaddr_in v4{};
    std::memcpy(&v4, address, sizeof v4);
    std::memcpy(result.bytes.data(), &v4.sin_addr, sizeof v4.sin_addr);
    return result;
  }
  if (address->sa_family == AF_INET6 && size_bytes >= sizeof(sockaddr_in6)) {
    sockaddr_in6 v6{};
    std::memcpy(&v6, address, sizeof v6);
    std::memcpy(result.bytes.data(), &v6.sin6_addr, sizeof v6.sin6_addr);
    result.is_v6 = true;
    return result;
  }
  return std::nullopt;
}

std::optional<Address> Address::from(const std::string& text) {
  Address result;
  if (::inet_pton(AF_INET, text.c_str(), result.bytes.data()) == 1) return result;
  result.is_v6 = true;
  if (::inet_pton(AF_INET6, text.c_str(), result.bytes.data()) == 1) return result;
  return std::nullopt;
}

std::string Address::text() const {
  std::array<char, INET6_ADDRSTRLEN> text{};
  ::inet_ntop(is_v6 ? AF_INET6 : AF_INET, bytes.data(), text.data(), text.size());
  return text.data();
}

std::string_view special_network(const Address& address) {
  return address.is_v6 ? special_ipv6(address) : special_in(address, kIpv4);
}

}  // namespace renown::net
