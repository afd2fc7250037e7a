/// Address: one end of a connection, and the kind of network it lies in.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

struct sockaddr;

namespace renown::net {

/// An IPv4 or IPv6 address without port.
struct Address {
  std::array<std::uint8_t, 16> bytes{};  ///< IPv4 in the first four
  bool is_v6 = false;

  /// Empty for other families, and for fewer bytes than the family has.
  static std::optional<Address> from(const sockaddr* address, std::size_t size_bytes);

  /// "127.0.0.1", "::1"; no other spelling.
  static std::optional<Address> from(const std::string& text);

  std::string text() const;
};

/// The special network an address lies in ("loopback", "private", "link-local" ...), which must not be reached for
/// strangers; empty for an ordinary address of the internet. IPv6 forms that carry an IPv4 address (mapped, NAT64,
/// 6to4, Teredo, ISATAP) are judged by what they carry. Source: the IANA special-purpose address registries.
std::string_view special_network(const Address& address);

}  // namespace renown::net
