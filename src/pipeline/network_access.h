/// NetworkAccess: with what one source reaches its network: the fetcher, retries, kept pages, the person's token.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "renown/result.h"

#include "base/random.h"
#include "connect/connector.h"
#include "log/source.h"
#include "net/fetcher.h"
#include "net/http_cache.h"
#include "net/pacer.h"
#include "net/retry.h"
#include "oauth/token_keeper.h"
#include "pipeline/connectors.h"
#include "pipeline/token_store.h"
#include "pipeline/token_transport.h"

namespace renown::pipeline {

/// What the operator says about all requests.
struct NetworkOptions {
  std::string user_agent;
  std::vector<std::string> allowed_hosts = {};  ///< "host:port": servers of the operator's own (docs/net.md)
  std::string ca_file = {};
  net::FetchLimits limits = {};
  net::RetryPolicy retries = {};
};

/// Of one source and one thread. Stays where it is: its parts point to each other.
class NetworkAccess {
 public:
  /// pacer   outlives it
  /// tokens  nothing: the source has none
  /// errors  usage (a host that cannot be allowed); as TokenStore
  static Result<std::unique_ptr<NetworkAccess>> open(const NetworkOptions& options, const std::string& data_folder,
                                                     const log::Source& source, const ConnectorKind& kind,
                                                     const std::optional<TokenStore>& tokens, net::Pacer& pacer);

  /// For a reading that begins at `now`.
  connect::Access access(std::int64_t now);

 private:
  NetworkAccess(const NetworkOptions& options, net::AddressGuard guard, const std::string& pages, net::Pacer& pacer);
  Result<void> take_token(const log::Source& source, const ConnectorKind& kind, const TokenStore& tokens);

  net::Pacer& pacer_;
  net::WebSocketOptions stream_;
  net::Fetcher fetcher_;
  net::HttpCache cache_;
  net::Retrier retrier_;
  base::RandomBytes random_ = base::system_random();
  std::optional<oauth::TokenVault> vault_;
  std::optional<oauth::TokenKeeper> keeper_;
  std::optional<TokenTransport> with_token_;
};

}  // namespace renown::pipeline
