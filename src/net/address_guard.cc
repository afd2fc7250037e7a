#include "net/address_guard.h"

#include <fmt/format.h>

namespace renown::net {

Result<AddressGuard> AddressGuard::allowing(const std::vector<std::string>& allowed) {
  AddressGuard guard;
  for (const std::string& entry : allowed) {
    // Read as the host of a URL, so that it is spelled as the hosts it is compared with.
    const std::size_t colon = entry.rfind(':');
    const bool has_port = colon != std::string::npos && colon + 1 < entry.size() &&
                          entry.find_first_not_of("0123456789", colon + 1) == std::string::npos;
    auto url = Url::parse("http://" + entry + "/");
    if (!has_port || !url || url->target() != "/") {
      return Error{
          ErrorCode::usage,
          fmt::format("an allowed host is written as HOST:PORT, for example 127.0.0.1:8080; \"{}\" is not", entry)};
    }
    guard.allowed_.insert(url->host_and_port());
  }
  return guard;
}

std::string_view AddressGuard::refusal(const Url& url, const Address& address) const {
  if (allowed_.contains(url.host_and_port())) return {};
  return special_network(address);
}

}  // namespace renown::net
