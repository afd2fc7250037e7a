#include "pipeline/token_transport.h"

#include <algorithm>
#include <utility>

#include "net/url.h"

namespace renown::pipeline {

/// A token is a bearer of Authorization, unless it is a name and password ("Basic ...") or the header is another.
net::Request TokenTransport::with_token(net::Request request, const std::string& token) const {
  const bool as_it_is = header_ != "Authorization" || token.starts_with("Basic ");
  request.headers.set(header_, as_it_is ? token : "Bearer " + token);
  return request;
}

bool TokenTransport::is_for(const net::Request& request) const {
  if (request.headers.find(header_)) return false;
  const auto url = net::Url::parse(request.url);
  return url && url->origin() == origin_;
}

std::vector<net::Fetched> TokenTransport::fetch_all(std::span<const net::Request> requests, std::stop_token stop) {
  std::vector<net::Request> asked(requests.begin(), requests.end());
  std::vector<std::size_t> signed_ones;
  for (std::size_t i = 0; i < asked.size(); ++i) {
    if (is_for(asked[i])) signed_ones.push_back(i);
  }
  if (signed_ones.empty()) return inner_.fetch_all(requests, std::move(stop));
  const auto token = token_("");
  if (!token) return without_token(requests, signed_ones, token.error(), stop);
  for (const std::size_t i : signed_ones) asked[i] = with_token(asked[i], *token);
  auto answers = inner_.fetch_all(asked, stop);
  for (const std::size_t i : signed_ones) {
    if (!answers[i] || answers[i]->status != 401) continue;
    const auto newer = token_(*token);
    if (!newer || *newer == *token) break;
    answers[i] = inner_.fetch(with_token(requests[i], *newer), stop);
  }
  return answers;
}

/// Requests that need a token are answered as their server would answer one without; the others are asked.
std::vector<net::Fetched> TokenTransport::without_token(std::span<const net::Request> requests,
                                                        const std::vector<std::size_t>& signed_ones, const Error& why,
                                                        const std::stop_token& stop) {
  std::vector<net::Fetched> answers;
  for (std::size_t i = 0; i < requests.size(); ++i) {
    if (!std::ranges::binary_search(signed_ones, i)) {
      answers.push_back(inner_.fetch(requests[i], stop));
    } else if (why.code == ErrorCode::io) {
      answers.emplace_back(std::unexpected(net::Failure{net::FailureKind::try_later, why.message}));
    } else {
      answers.emplace_back(net::Response{.status = 401, .url = requests[i].url});
    }
  }
  return answers;
}

}  // namespace renown::pipeline
