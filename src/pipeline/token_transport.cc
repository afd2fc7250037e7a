#include "pipeline/token_transport.h"

#include <utility>

#include "net/url.h"

namespace renown::pipeline {

net::Request TokenTransport::with_token(net::Request request, const std::string& token) const {
  if (header_.empty()) {
    request.headers.set("Authorization", "Bearer " + token);
  } else {
    request.headers.set(header_, token);
  }
  return request;
}

bool TokenTransport::is_for(const net::Request& request) const {
  if (request.headers.find("Authorization")) return false;
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
  if (!token) {
    const net::Failure failure{net::FailureKind::try_later, token.error().message};
    const net::Fetched refused = token.error().code == ErrorCode::io
                                     ? net::Fetched(std::unexpected(failure))
                                     : net::Fetched(net::Response{.status = 401, .url = asked.front().url});
    return std::vector<net::Fetched>(asked.size(), refused);
  }
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

}  // namespace renown::pipeline
