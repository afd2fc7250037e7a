#include "pipeline/network_access.h"

#include <filesystem>
#include <utility>

#include <fmt/format.h>

#include "base/digest.h"
#include "log/data_folder.h"
#include "net/url.h"

namespace renown::pipeline {
namespace {

/// Of one source; a page is mostly below 1 MB, and only the newest ones are asked for again.
constexpr std::uint64_t kPagesBytes = 64u << 20;

net::FetchOptions fetch_options(const NetworkOptions& options, const net::AddressGuard& guard) {
  net::FetchOptions fetch;
  fetch.limits = options.limits;
  fetch.guard = guard;
  fetch.user_agent = options.user_agent;
  fetch.ca_file = options.ca_file;
  return fetch;
}

}  // namespace

Result<std::unique_ptr<NetworkAccess>> NetworkAccess::open(const NetworkOptions& options,
                                                           const std::string& data_folder, const log::Source& source,
                                                           const ConnectorKind& kind,
                                                           const std::optional<TokenStore>& tokens, net::Pacer& pacer) {
  auto guard = net::AddressGuard::allowing(options.allowed_hosts);
  if (!guard) return guard.error();
  base::Sha256 digest;
  digest.add(source.name);
  const std::string pages = fmt::format("{}/{}", log::DataFolder(data_folder).pages(), digest.hex().substr(0, 32));
  std::error_code ignored;  // where it cannot be made, pages are not kept
  std::filesystem::create_directories(pages, ignored);
  std::unique_ptr<NetworkAccess> access(new NetworkAccess(options, std::move(*guard), pages, pacer));
  if (tokens) {
    if (auto taken = access->take_token(source, kind, *tokens); !taken) return taken.error();
  }
  return access;
}

NetworkAccess::NetworkAccess(const NetworkOptions& options, net::AddressGuard guard, const std::string& pages,
                             net::Pacer& pacer)
    : pacer_(pacer),
      stream_{.guard = guard, .user_agent = options.user_agent, .ca_file = options.ca_file},
      fetcher_(fetch_options(options, guard)),
      cache_(fetcher_, pages, kPagesBytes),
      retrier_(cache_, pacer, options.retries) {}

Result<void> NetworkAccess::take_token(const log::Source& source, const ConnectorKind& kind, const TokenStore& tokens) {
  const auto has = tokens.has(source.name);
  if (!has) return has.error();
  if (*has == TokenStore::Has::nothing) return {};
  const auto server = net::Url::parse(source.server.empty() ? kind.origin : source.server);
  if (!server) {
    return Error{ErrorCode::usage, fmt::format("{} has a token and no server that it is for: set it up again with "
                                               "--server",
                                               source.name)};
  }
  if (*has == TokenStore::Has::token) {
    auto fixed = tokens.token(source.name);
    if (!fixed) return fixed.error();
    with_token_.emplace(
        retrier_, server->origin(), [token = *fixed](const std::string&) -> Result<std::string> { return token; },
        kind.token_header);
    return {};
  }
  vault_.emplace(tokens.vault());
  keeper_.emplace(*vault_, retrier_, random_);
  with_token_.emplace(retrier_, server->origin(), [this, name = source.name](const std::string& not_taken) {
    return not_taken.empty() ? keeper_->access_token(name, pacer_.now())
                             : keeper_->newer_token(name, not_taken, pacer_.now());
  });
  return {};
}

connect::Access NetworkAccess::access(std::int64_t now) {
  net::Transport& http = with_token_ ? static_cast<net::Transport&>(*with_token_) : retrier_;
  return {http, stream_, now};
}

}  // namespace renown::pipeline
