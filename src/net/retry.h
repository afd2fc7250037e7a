/// Retrier: asks again what failed for the moment, and keeps to what a network allows.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "net/allowance.h"
#include "net/pacer.h"
#include "net/transport.h"

namespace renown::net {

struct RetryPolicy {
  int attempts = 4;                  ///< in all, >= 1
  double first_wait_seconds = 1;     ///< the most before the second attempt; doubled before each later one
  double most_wait_seconds = 30;     ///< of a wait that nobody asked for
  double longest_wait_seconds = 60;  ///< of one that a network asked for; beyond it, the answer is try_later
};

/// How long to wait before the attempt after `attempts` failed ones: a chance's share of the most (full jitter), so
/// that many clients that failed together do not come back together.
///
/// chance  in [0, 1)
double backoff_seconds(const RetryPolicy& policy, int attempts, double chance);

/// Whether a network says that there were too many requests: 429, and 403 with an allowance that is used up or with
/// Retry-After, as GitHub has it.
bool is_rate_limited(const Response& response);

/// Whether asking again may help and does no harm: after too many requests always, for nothing was done then; after
/// 502, 503, 504 and broken connections where asking twice is asking once (GET, HEAD, PUT, DELETE, OPTIONS).
bool may_retry(const Request& request, const Fetched& fetched);

/// Before a request it looks at what the server's last answers to the same credential left: where nothing remains, it
/// waits for the reset. A wait longer than the policy's is not waited: the answer is FailureKind::try_later and its
/// time. The last response to a request that was tried in vain is handed out as it came (429, 502 ...).
class Retrier final : public Transport {
 public:
  /// inner, pacer  outlive it
  Retrier(Transport& inner, Pacer& pacer, RetryPolicy policy = {}) : inner_(inner), pacer_(pacer), policy_(policy) {}

  std::vector<Fetched> fetch_all(std::span<const Request> requests, std::stop_token stop = {}) override;

  /// What is left at the server of such a request, as far as it is known.
  Allowance allowance(const Request& request) const;

 private:
  struct Round;
  void choose(std::span<const Request> requests, Round& round);
  void ask(std::span<const Request> requests, Round& round, std::stop_token stop);
  void judge(const Request& request, std::size_t index, Round& round);
  double asked_wait_seconds(const Response& response) const;
  Fetched try_later(const Request& request, double wait_seconds);

  Transport& inner_;
  Pacer& pacer_;
  RetryPolicy policy_;
  std::map<std::string, Allowance> allowances_;  ///< by server, kind of request and credential
};

}  // namespace renown::net
