#include "http/proxies.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include <fmt/format.h>

#include "base/ascii.h"

namespace renown::http {
namespace {

/// "::ffff:10.0.0.1", as a socket of both families has it, is 10.0.0.1.
net::Address unmapped(net::Address address) {
  constexpr std::array<std::uint8_t, 12> kMapped{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
  if (!address.is_v6 || !std::ranges::equal(std::span(address.bytes).first(12), kMapped)) return address;
  net::Address v4;
  std::copy_n(address.bytes.begin() + 12, 4, v4.bytes.begin());
  return v4;
}

bool same_bits(const net::Address& one, const net::Address& other, unsigned bits) {
  if (one.is_v6 != other.is_v6) return false;
  for (unsigned byte = 0; bits > 0; ++byte) {
    const unsigned here = std::min(bits, 8u);
    if ((one.bytes[byte] ^ other.bytes[byte]) >> (8 - here) != 0) return false;
    bits -= here;
  }
  return true;
}

/// What stands for a client in a header: "1.2.3.4", "1.2.3.4:80", "[::1]:80", "\"[::1]\"".
std::optional<net::Address> read_node(std::string_view text) {
  if (text.size() >= 2 && text.front() == '"' && text.back() == '"') text = text.substr(1, text.size() - 2);
  if (text.starts_with('[')) {
    const std::size_t end = text.find(']');
    if (end == std::string_view::npos) return std::nullopt;
    text = text.substr(1, end - 1);
  } else if (std::ranges::count(text, ':') == 1) {
    text = text.substr(0, text.find(':'));
  }
  auto address = net::Address::from(std::string(text));
  if (address) address = unmapped(*address);
  return address;
}

std::vector<std::string_view> split(std::string_view text, char at) {
  std::vector<std::string_view> parts;
  while (true) {
    const std::size_t end = text.find(at);
    parts.push_back(base::trim(text.substr(0, end)));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

/// One step of the way: who asked a proxy, and how.
struct Step {
  std::string_view node, scheme;
};

/// The elements of `Forwarded`. A quoted text with a comma or semicolon in it is no address and breaks into parts that
/// are none either.
std::vector<Step> read_forwarded(std::string_view value) {
  std::vector<Step> steps;
  for (const std::string_view element : split(value, ',')) {
    Step step;
    for (const std::string_view pair : split(element, ';')) {
      const std::size_t equals = std::min(pair.find('='), pair.size());
      const std::string_view name = pair.substr(0, equals), text = pair.substr(std::min(equals + 1, pair.size()));
      if (base::same_but_for_case(name, "for")) step.node = text;
      if (base::same_but_for_case(name, "proto")) step.scheme = text;
    }
    steps.push_back(step);
  }
  return steps;
}

std::vector<Step> read_x_forwarded(std::string_view nodes, std::string_view schemes) {
  std::vector<Step> steps;
  for (const std::string_view node : split(nodes, ',')) steps.push_back({node, {}});
  const auto each = split(schemes, ',');
  if (each.size() == 1) {
    for (Step& step : steps) step.scheme = each[0];  // proxies in between hand the first one's on
  } else if (each.size() == steps.size()) {
    for (std::size_t i = 0; i < each.size(); ++i) steps[i].scheme = each[i];
  }
  return steps;
}

}  // namespace

Result<Proxies> Proxies::make(std::span<const std::string> addresses, ProxyHeader header) {
  Proxies proxies;
  proxies.header_ = header;
  for (const std::string& text : addresses) {
    const std::size_t slash = text.find('/');
    const auto address = net::Address::from(text.substr(0, slash));
    const unsigned most = address && address->is_v6 ? 128 : 32;
    unsigned bits = most;
    bool is_sound =
        address && unmapped(*address).is_v6 == address->is_v6;  // peers are looked at as IPv4 where they are
    if (slash != std::string::npos) {
      const char* const end = text.data() + text.size();
      const auto read = std::from_chars(text.data() + slash + 1, end, bits);
      is_sound = is_sound && read.ec == std::errc{} && read.ptr == end && bits <= most;
    }
    if (!is_sound) return bad_input(fmt::format("the proxy '{}' is not an address or network like 10.0.0.0/8", text));
    proxies.networks_.push_back({*address, bits});
  }
  return proxies;
}

bool Proxies::contains(const net::Address& address) const {
  const net::Address plain = unmapped(address);
  return std::ranges::any_of(networks_, [&](const Network& each) { return same_bits(each.address, plain, each.bits); });
}

Client Proxies::client_of(const net::Address& peer, const net::Headers& headers) const {
  net::Address nearest = unmapped(peer);
  Client client{nearest.text(), false};
  if (!contains(nearest)) return client;
  const std::string forwarded = headers.all("Forwarded"), nodes = headers.all("X-Forwarded-For"),
                    schemes = headers.all("X-Forwarded-Proto");
  const auto steps = header_ == ProxyHeader::forwarded ? read_forwarded(forwarded) : read_x_forwarded(nodes, schemes);
  for (auto step = steps.rbegin(); step != steps.rend() && contains(nearest); ++step) {
    client.is_secure = base::same_but_for_case(step->scheme, "https");
    const auto address = read_node(step->node);
    if (!address) break;
    nearest = *address;
  }
  client.address = nearest.text();
  return client;
}

std::string limit_key(const net::Address& address) {
  net::Address part = unmapped(address);
  if (part.is_v6) std::fill(part.bytes.begin() + 8, part.bytes.end(), std::uint8_t{0});
  return part.text();
}

}  // namespace renown::http
