#include "webhook/sender.h"

#include <fmt/format.h>

#include "net/allowance.h"
#include "net/url.h"

namespace renown::webhook {
namespace {

constexpr int kAtOnce = 32;  ///< webhooks in a round
constexpr std::size_t kMostAnswerBytes = 64u << 10;

net::Request request_of(const Due& due, std::int64_t now) {
  std::string signatures;
  for (const Secret& secret : due.secrets)
    signatures += (signatures.empty() ? "" : " ") + secret.sign(due.id, now, due.body);
  return {.method = "POST",
          .url = due.url,
          .headers = {{"Content-Type", "application/json"},
                      {"webhook-id", due.id},
                      {"webhook-timestamp", std::to_string(now)},
                      {"webhook-signature", signatures}},
          .body = due.body,
          .max_body_bytes = kMostAnswerBytes};
}

/// The sentence without the path of the address: it stands in the store, and a path often is a secret.
std::string without_path(std::string sentence, const std::string& address) {
  const auto url = net::Url::parse(address);
  if (!url) return sentence;
  const std::string shown = url->shown();
  for (std::size_t at = sentence.find(shown); at != std::string::npos; at = sentence.find(shown, at))
    sentence.replace(at, shown.size(), url->host_and_port());
  return sentence;
}

Answer answer_of(const net::Fetched& fetched, const std::string& address, std::int64_t now) {
  if (!fetched && fetched.error().kind == net::FailureKind::too_many_redirects)
    return {.status = 0,
            .retry_after = {},
            .problem = "the receiver redirects, and that is not followed: change the address"};
  if (!fetched)
    return {.status = 0,
            .retry_after = fetched.error().retry_at,
            .problem = without_path(fetched.error().message, address)};
  if (fetched->redirects > 0)
    return {.status = 0, .retry_after = {}, .problem = "the receiver redirected, and what it led to does not count"};
  Answer answer{.status = fetched->status, .retry_after = net::read_retry_after(fetched->headers, now), .problem = {}};
  if (answer.status < 200 || answer.status > 299)
    answer.problem = fmt::format("the receiver answered with status {}", answer.status);
  return answer;
}

}  // namespace

net::FetchLimits delivery_limits() {
  net::FetchLimits limits;
  limits.whole_ms = 20'000;
  limits.slow_seconds = 20;  // a receiver may think about it for as long as it has
  limits.body_bytes = kMostAnswerBytes;
  limits.redirects = 0;
  return limits;
}

Result<SendReport> Sender::send_due(std::stop_token stop) {
  SendReport report;
  while (!stop.stop_requested()) {
    const auto more = send_round(report, stop);
    if (!more) return more.error();
    if (!*more) break;
  }
  return report;
}

Result<bool> Sender::send_round(SendReport& report, const std::stop_token& stop) {
  const std::int64_t begun = pacer_.now();
  const auto due = store_.due(begun, kAtOnce);
  if (!due) return due.error();
  if (due->empty()) return false;
  std::vector<net::Request> requests;
  for (const Due& each : *due) requests.push_back(request_of(each, begun));
  const auto fetched = transport_.fetch_all(requests, stop);
  const std::int64_t ended = pacer_.now();
  for (std::size_t i = 0; i < due->size(); ++i) {
    if (!fetched[i] && fetched[i].error().kind == net::FailureKind::cancelled) continue;
    const Answer answer = answer_of(fetched[i], (*due)[i].url, ended);
    if (auto kept = store_.record((*due)[i], answer, ended, pacer_.chance()); !kept) return kept.error();
    ++(answer.problem.empty() ? report.delivered : report.failed);
  }
  return true;
}

}  // namespace renown::webhook
