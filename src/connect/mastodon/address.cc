#include "connect/mastodon/address.h"

#include <fmt/format.h>

#include "net/url.h"

namespace renown::connect::mastodon {
namespace {

bool is_name(std::string_view name) {
  constexpr std::string_view kLetters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.";
  return !name.empty() && name.find_first_not_of(kLetters) == std::string_view::npos;
}

}  // namespace

Result<Address> address_of(const Source& source) {
  std::string_view account = source.account.account;
  const Error usage{
      ErrorCode::usage,
      fmt::format("'{}' is no account of a Mastodon server: give NAME@HOST or https://HOST/users/NAME", account)};
  if (source.account.network != "fediverse") return usage;
  std::string url, name;
  if (account.find("://") != std::string_view::npos) {
    const std::size_t users = account.find("/users/");
    const std::size_t at = users == std::string_view::npos ? account.find("/@") : users;
    if (at == std::string_view::npos) return usage;
    url = account.substr(0, at);
    name = account.substr(at + (users == std::string_view::npos ? 2 : 7));
  } else {
    if (account.starts_with('@')) account.remove_prefix(1);
    const std::size_t at = account.find('@');
    if (at == std::string_view::npos) return usage;
    url = fmt::format("https://{}", account.substr(at + 1));
    name = account.substr(0, at);
  }
  const auto host = net::Url::parse(url);
  if (!host || host->target() != "/" || !is_name(name)) return usage;
  std::string server = host->text();
  server.pop_back();
  if (!source.server.empty()) server = source.server;
  return Address{server, name, fmt::format("{}@{}", name, host->host())};
}

}  // namespace renown::connect::mastodon
