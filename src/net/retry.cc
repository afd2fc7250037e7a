#include "net/retry.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include <fmt/format.h>

#include "base/time.h"
#include "net/url.h"

namespace renown::net {
namespace {

constexpr std::size_t kMostAllowances = 1000;  ///< servers remembered; beyond it all are forgotten and learnt again

bool is_idempotent(std::string_view method) {
  constexpr std::array<std::string_view, 5> kMethods{"GET", "HEAD", "PUT", "DELETE", "OPTIONS"};
  return std::ranges::find(kMethods, method) != kMethods.end();
}

/// Networks count per credential, some of them (GitHub's search) per kind of request: the first part of the path.
std::string counter_of(const Request& request) {
  const auto url = Url::parse(request.url);
  if (!url) return {};
  std::string key = url->origin() + url->target().substr(0, url->target().find_first_of("/?", 1));
  for (const Header& header : request.headers) {
    if (is_credential_header(header.name)) key += "\n" + header.value;
  }
  return key;
}

std::string shown(const Request& request) {
  const auto url = Url::parse(request.url);
  return url ? url->shown() : "a request";
}

}  // namespace

/// What is still to be done of one fetch_all.
struct Retrier::Round {
  std::vector<Fetched> results;
  std::vector<int> attempts;       ///< by request
  std::vector<std::size_t> open;   ///< requests without a final result, in order
  std::vector<std::size_t> asked;  ///< of them, those of this round
  double wait_seconds = 0;         ///< before this round
};

double backoff_seconds(const RetryPolicy& policy, int attempts, double chance) {
  const double most =
      std::min(policy.most_wait_seconds, std::ldexp(policy.first_wait_seconds, std::min(attempts - 1, 60)));
  return most * chance;
}

bool is_rate_limited(const Response& response) {
  if (response.status == 429) return true;
  return response.status == 403 &&
         (response.headers.find("retry-after") || read_allowance(response.headers, 0).remaining == 0);
}

bool may_retry(const Request& request, const Fetched& fetched) {
  if (!fetched) return fetched.error().kind == FailureKind::reset && is_idempotent(request.method);
  if (is_rate_limited(*fetched)) return true;
  return fetched->status >= 502 && fetched->status <= 504 && is_idempotent(request.method);
}

std::vector<Fetched> Retrier::fetch_all(std::span<const Request> requests, std::stop_token stop) {
  Round round;
  round.results.assign(requests.size(), std::unexpected(Failure{FailureKind::cancelled, "the fetch was stopped"}));
  round.attempts.assign(requests.size(), 0);
  for (std::size_t i = 0; i < requests.size(); ++i) round.open.push_back(i);
  while (!round.open.empty()) {
    if (round.wait_seconds > 0 && !pacer_.wait(round.wait_seconds, stop)) break;
    round.wait_seconds = 0;
    choose(requests, round);
    ask(requests, round, stop);
  }
  return std::move(round.results);
}

Allowance Retrier::allowance(const Request& request) const {
  const auto it = allowances_.find(counter_of(request));
  return it == allowances_.end() ? Allowance{} : it->second;
}

/// Asks for no more than the servers still allow; the rest waits for the reset, or is told when that is.
void Retrier::choose(std::span<const Request> requests, Round& round) {
  std::map<std::string, std::int64_t> chosen;
  std::vector<std::size_t> later;
  double wait_seconds = 0;
  round.asked.clear();
  for (const std::size_t index : round.open) {
    const Allowance left = allowance(requests[index]);
    const auto seconds = static_cast<double>(left.resets_at.value_or(0) - pacer_.now());
    const bool counts =
        left.remaining.has_value() && seconds > 0;  // what was left before a reset says nothing after it
    if (!counts || chosen[counter_of(requests[index])]++ < *left.remaining) {
      round.asked.push_back(index);
    } else if (seconds > policy_.longest_wait_seconds) {
      round.results[index] = try_later(requests[index], seconds);
    } else {
      later.push_back(index);
      wait_seconds = std::max(wait_seconds, seconds);
    }
  }
  round.open = std::move(later);
  round.wait_seconds = wait_seconds;
}

void Retrier::ask(std::span<const Request> requests, Round& round, std::stop_token stop) {
  std::vector<Request> now;
  for (const std::size_t index : round.asked) now.push_back(requests[index]);
  auto fetched = inner_.fetch_all(now, std::move(stop));
  for (std::size_t i = 0; i < round.asked.size(); ++i) {
    const std::size_t index = round.asked[i];
    round.results[index] = std::move(fetched[i]);
    judge(requests[index], index, round);
  }
  std::ranges::sort(round.open);
}

void Retrier::judge(const Request& request, std::size_t index, Round& round) {
  Fetched& result = round.results[index];
  if (result) {
    const Allowance allowance = read_allowance(result->headers, pacer_.now());
    if (allowances_.size() >= kMostAllowances) allowances_.clear();
    if (allowance != Allowance{}) allowances_[counter_of(request)] = allowance;
  }
  if (!may_retry(request, result)) return;
  const double asked = result ? asked_wait_seconds(*result) : 0;
  if (asked > policy_.longest_wait_seconds) {
    result = try_later(request, asked);
    return;
  }
  if (++round.attempts[index] >= policy_.attempts) return;
  const double own = backoff_seconds(policy_, round.attempts[index], pacer_.chance());
  round.wait_seconds = std::max({round.wait_seconds, asked, own});
  round.open.push_back(index);
}

/// As long as Retry-After says, or until the allowance is renewed; 0 where the network asks for nothing.
double Retrier::asked_wait_seconds(const Response& response) const {
  const std::int64_t now = pacer_.now();
  if (const auto at = read_retry_after(response.headers, now)) return static_cast<double>(*at - now);
  const Allowance left = read_allowance(response.headers, now);
  if (!is_rate_limited(response) || left.remaining.value_or(0) > 0) return 0;
  return static_cast<double>(std::max<std::int64_t>(0, left.resets_at.value_or(now) - now));
}

Fetched Retrier::try_later(const Request& request, double wait_seconds) {
  const std::int64_t at = std::min(pacer_.now() + static_cast<std::int64_t>(wait_seconds), base::kMaxTime);
  return std::unexpected(Failure{
      FailureKind::try_later,
      fmt::format("{} takes no more requests for now; try again at {}", shown(request), base::format_time(at)), at});
}

}  // namespace renown::net
