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
  std::unique_ptr<NetworkAccess> access(new NetworkAccess(options, std::move(*guard), pacer));
  if (tokens) {
    if (auto taken = access->take_proof(source, kind, *tokens); !taken) return taken.error();
  }
  net::Transport* below = &access->fetcher_;
  if (access->proving_) below = &*access->proving_;
  if (access->signing_) below = &*access->signing_;
  access->cache_.emplace(*below, pages, kPagesBytes);
  access->retrier_.emplace(*access->cache_, pacer, options.retries);
  if (tokens) {
    if (auto taken = access->take_token(source, kind, *tokens); !taken) return taken.error();
  }
  return access;
}

NetworkAccess::NetworkAccess(const NetworkOptions& options, net::AddressGuard guard, net::Pacer& pacer)
    : pacer_(pacer),
      stream_{.guard = guard, .user_agent = options.user_agent, .ca_file = options.ca_file},
      fetcher_(fetch_options(options, guard)) {}

/// What each attempt has to be signed with anew: so it stands below what retries.
Result<void> NetworkAccess::take_proof(const log::Source& source, const ConnectorKind& kind, const TokenStore& tokens) {
  const auto clock = [this] { return pacer_.now(); };
  if (kind.signs) {
    auto actor = tokens.actor();
    if (!actor) return actor.error();
    if (*actor) signing_.emplace(fetcher_, (*actor)->key(), clock);
    return {};
  }
  const auto log_in = tokens.log_in(source.name);
  if (!log_in) return log_in.error();
  if (!*log_in || (*log_in)->dpop_key.empty()) return {};
  auto key = oauth::DpopKey::from_text((*log_in)->dpop_key);
  if (!key) return key.error();
  proving_.emplace(fetcher_, std::move(*key), random_, clock);
  token_server_ = (*log_in)->resource;
  return {};
}

Result<void> NetworkAccess::take_token(const log::Source& source, const ConnectorKind& kind, const TokenStore& tokens) {
  const auto has = tokens.has(source.name);
  if (!has) return has.error();
  if (*has == TokenStore::Has::nothing) return {};
  if (*has == TokenStore::Has::log_in && kind.is_public) return {};
  const std::string its_own = source.server.empty() ? std::string(kind.origin) : source.server;
  const auto server = net::Url::parse(token_server_.empty() ? its_own : token_server_);
  if (!server) {
    return Error{ErrorCode::usage, fmt::format("{} has a token and no server that it is for: set it up again with "
                                               "--server",
                                               source.name)};
  }
  std::string header = "Authorization";
  if (*has == TokenStore::Has::token) {
    auto fixed = tokens.token(source.name);
    if (!fixed) return fixed.error();
    if (!kind.key_header.empty()) header = kind.key_header;
    token_ = [token = *fixed](const std::string&) -> Result<std::string> { return token; };
  } else {
    vault_.emplace(tokens.vault());
    keeper_.emplace(*vault_, *retrier_, random_);
    token_ = [this, name = source.name](const std::string& not_taken) {
      return not_taken.empty() ? keeper_->access_token(name, pacer_.now())
                               : keeper_->newer_token(name, not_taken, pacer_.now());
    };
  }
  with_token_.emplace(*retrier_, server->origin(), header, token_);
  return {};
}

connect::Access NetworkAccess::access(std::int64_t now) {
  net::Transport& http = with_token_ ? static_cast<net::Transport&>(*with_token_) : *retrier_;
  connect::Access access{.http = http, .stream = stream_, .now = now, .token_server = token_server_};
  if (token_) access.token = [this] { return token_(""); };
  return access;
}

}  // namespace renown::pipeline
