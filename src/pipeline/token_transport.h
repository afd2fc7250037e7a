/// TokenTransport: requests to one server carry the person's token; no other server ever sees it.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "renown/result.h"

#include "net/transport.h"

namespace renown::pipeline {

class TokenTransport final : public net::Transport {
 public:
  /// Gives the token. `not_taken` is the one that the server has just refused, or "".
  using Token = std::function<Result<std::string>(const std::string& not_taken)>;

  /// inner   outlives it
  /// origin  "https://api.example.org:443" as net::Url::origin
  /// header  that takes the token as it is; empty: Authorization, as Bearer
  TokenTransport(net::Transport& inner, std::string origin, Token token, std::string_view header = {})
      : inner_(inner), origin_(std::move(origin)), token_(std::move(token)), header_(header) {}

  /// A request that the server answers with 401 is asked once more where there is a newer token. Where no token can be
  /// had, those that need one are answered as the server would: with status 401.
  std::vector<net::Fetched> fetch_all(std::span<const net::Request> requests, std::stop_token stop = {}) override;

 private:
  bool is_for(const net::Request& request) const;
  net::Request with_token(net::Request request, const std::string& token) const;

  net::Transport& inner_;
  std::string origin_;
  Token token_;
  std::string header_;
};

}  // namespace renown::pipeline
