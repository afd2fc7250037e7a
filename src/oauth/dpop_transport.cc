#include "oauth/dpop_transport.h"

#include <cstddef>
#include <optional>
#include <string_view>

#include "net/url.h"

namespace renown::oauth {
namespace {

constexpr std::string_view kBearer = "Bearer ";

/// The token that the request carries; empty where it has none.
std::string_view token_of(const net::Request& request) {
  const auto header = request.headers.find("Authorization");
  return header && header->starts_with(kBearer) ? header->substr(kBearer.size()) : std::string_view{};
}

std::string origin_of(const net::Request& request) {
  const auto url = net::Url::parse(request.url);
  return url ? url->origin() : std::string();
}

bool asks_for_nonce(const net::Response& answer) {
  return answer.status == 401 && answer.headers.find("DPoP-Nonce") &&
         answer.headers.all("WWW-Authenticate").find("use_dpop_nonce") != std::string::npos;
}

}  // namespace

net::Request DpopTransport::proven(net::Request request, std::string_view token) const {
  const auto nonce = nonces_.find(origin_of(request));
  request.headers.set(
      "DPoP", key_.proof({.method = request.method,
                          .url = request.url,
                          .now = clock_(),
                          .nonce = nonce == nonces_.end() ? std::string_view{} : std::string_view(nonce->second),
                          .access_token = token},
                         random_));
  request.headers.set("Authorization", "DPoP " + std::string(token));
  return request;
}

std::vector<net::Fetched> DpopTransport::fetch_all(std::span<const net::Request> requests, std::stop_token stop) {
  std::vector<net::Request> sent;
  sent.reserve(requests.size());
  for (const net::Request& request : requests) {
    const std::string_view token = token_of(request);
    sent.push_back(token.empty() ? request : proven(request, token));
  }
  auto answers = inner_.fetch_all(sent, stop);
  for (std::size_t i = 0; i < requests.size(); ++i) {
    const std::string_view token = token_of(requests[i]);
    for (bool again = false; !token.empty() && answers[i]; again = true) {
      if (const auto nonce = answers[i]->headers.find("DPoP-Nonce")) {
        nonces_.insert_or_assign(origin_of(requests[i]), std::string(*nonce));
      }
      if (again || !asks_for_nonce(*answers[i])) break;
      answers[i] = inner_.fetch(proven(requests[i], token), stop);
    }
  }
  return answers;
}

}  // namespace renown::oauth
