/// DpopTransport: requests with a token that is bound to a key go out with the proof that we have the key (RFC 9449,
/// section 7).
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <span>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "base/random.h"
#include "net/transport.h"
#include "oauth/dpop_key.h"

namespace renown::oauth {

/// What comes with "Authorization: Bearer TOKEN" leaves as "DPoP TOKEN" and its proof; all else as it is. Each server's
/// last nonce is kept, and where one asks for another, the request is put once more. It goes under whatever retries: no
/// proof is taken twice.
class DpopTransport final : public net::Transport {
 public:
  /// inner, random  outlive it
  /// clock          unix seconds, now
  DpopTransport(net::Transport& inner, DpopKey key, const base::RandomBytes& random,
                std::function<std::int64_t()> clock)
      : inner_(inner), key_(std::move(key)), random_(random), clock_(std::move(clock)) {}

  std::vector<net::Fetched> fetch_all(std::span<const net::Request> requests, std::stop_token stop = {}) override;

 private:
  net::Request proven(net::Request request, std::string_view token) const;

  net::Transport& inner_;
  DpopKey key_;
  const base::RandomBytes& random_;
  std::function<std::int64_t()> clock_;
  std::map<std::string, std::string> nonces_;  ///< by origin
};

}  // namespace renown::oauth
