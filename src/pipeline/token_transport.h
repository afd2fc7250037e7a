/// TokenTransport: requests to one server carry the person's token; no other server ever sees it.
#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "renown/result.h"

#include "net/transport.h"

namespace renown::pipeline {

class TokenTransport final : public net::Transport {
 public:
  /// Gives the token. `not_taken` is the one that the server has just refused, or "".
  using Token = std::function<Result<std::string>(const std::string& not_taken)>;

  /// inner   outlives it
  /// origin  "https://api.example.org:443" as net::Url::origin
  /// header  that holds the token as it is; "Authorization" holds it as Bearer, but for what begins with "Basic "
  TokenTransport(net::Transport& inner, std::string origin, std::string header, Token token)
      : inner_(inner), origin_(std::move(origin)), header_(std::move(header)), token_(std::move(token)) {}

  /// A request that the server answers with 401 is asked once more where there is a newer token. Where no token can be
  /// had, those that need one are answered as the server would: with status 401.
  std::vector<net::Fetched> fetch_all(std::span<const net::Request> requests, std::stop_token stop = {}) override;

 private:
  bool is_for(const net::Request& request) const;
  net::Request with_token(net::Request request, const std::string& token) const;
  std::vector<net::Fetched> without_token(std::span<const net::Request> requests,
                                          const std::vector<std::size_t>& signed_ones, const Error& why,
                                          const std::stop_token& stop);

  net::Transport& inner_;
  std::string origin_;
  std::string header_;
  Token token_;
};

}  // namespace renown::pipeline
