#include "net/destination.h"

#include <chrono>

#include <fmt/format.h>

#include "net/lookup.h"

namespace renown::net {
namespace {

constexpr std::chrono::seconds kMostWait{5};

/// Allowed by name is what even the loopback may hide behind.
bool is_allowed_by_name(const Url& url, const AddressGuard& guard) {
  return guard.refusal(url, *Address::from("127.0.0.1")).empty();
}

std::string bare_host(const Url& url) {
  const std::string& host = url.host();
  return host.starts_with('[') ? host.substr(1, host.size() - 2) : host;
}

}  // namespace

Result<Url> check_destination(std::string_view text, const AddressGuard& guard, std::stop_token stop) {
  auto url = Url::parse(text);
  if (!url) return url.error();
  if (is_allowed_by_name(*url, guard) && (url->scheme() == "http" || url->scheme() == "https")) return url;
  if (url->scheme() != "https")
    return bad_input(
        fmt::format("{} must begin with https: what is sent there is nobody else's business", url->shown()));
  const auto addresses = look_up(bare_host(*url), url->port(), kMostWait, std::move(stop));
  if (!addresses)
    return bad_input(fmt::format("nothing can be sent to {}: {}", url->shown(), addresses.error().message));
  for (const SocketAddress& each : *addresses) {
    const auto address = Address::from(reinterpret_cast<const sockaddr*>(&each.bytes), each.size_bytes);
    const std::string_view network = address ? guard.refusal(*url, *address) : "unknown";
    if (network.empty()) continue;
    return bad_input(
        fmt::format("nothing is sent to {}: its address is in a {} network; an operator can allow {} by name",
                    url->shown(), network, url->host_and_port()));
  }
  return url;
}

}  // namespace renown::net
