/// NetworkAccess: with what one source reaches its network: the fetcher, signatures, retries, kept pages, the person's
/// token.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "renown/result.h"

#include "base/random.h"
#include "connect/activitypub/http_signature.h"
#include "connect/connector.h"
#include "log/source.h"
#include "net/fetcher.h"
#include "net/http_cache.h"
#include "net/pacer.h"
#include "net/retry.h"
#include "oauth/dpop_transport.h"
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

  /// For a reading that begins at `now`; must not outlive this.
  connect::Access access(std::int64_t now);

 private:
  NetworkAccess(const NetworkOptions& options, net::AddressGuard guard, net::Pacer& pacer);
  Result<void> take_proof(const log::Source& source, const ConnectorKind& kind, const TokenStore& tokens);
  Result<void> take_token(const log::Source& source, const ConnectorKind& kind, const TokenStore& tokens);

  net::Pacer& pacer_;
  net::WebSocketOptions stream_;
  base::RandomBytes random_ = base::system_random();

  // From the network up; each asks the one before that is there.
  net::Fetcher fetcher_;
  std::optional<oauth::DpopTransport> proving_;          ///< that we have the key of a log-in
  std::optional<connect::activitypub::Signer> signing_;  ///< as the instance's actor
  std::optional<net::HttpCache> cache_;
  std::optional<net::Retrier> retrier_;
  std::optional<oauth::TokenVault> vault_;
  std::optional<oauth::TokenKeeper> keeper_;
  std::optional<TokenTransport> with_token_;

  TokenTransport::Token token_;  ///< empty: there is none
  std::string token_server_;     ///< connect::Access::token_server
};

}  // namespace renown::pipeline
