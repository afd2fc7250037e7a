/// Server: a Mastodon that is asked, and the names of what it mentions by its own ids.
#pragma once

#include <expected>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>

#include "connect/ask.h"
#include "connect/connector.h"
#include "connect/mastodon/status.h"

namespace renown::connect::mastodon {

class Server {
 public:
  Server(std::string address, net::Transport& transport) : base(std::move(address)), http(transport) {}

  std::string base;      ///< "https://a.example"
  net::Transport& http;  ///< outlives it
  Names names;
  std::string own_id;   ///< of the account that is followed; empty until it was looked up
  std::string own_uri;  ///< its address

  net::Request request(std::string_view path) const { return {.url = base + "/api/v1/" + std::string(path)}; }

  /// path  below /api/v1/; the rest as ask_json
  std::expected<JsonAnswer, Problem> get(std::string_view path, io::JsonType root, std::string_view what,
                                         const std::stop_token& stop) const {
    return ask_json(http, request(path), root, what, stop);
  }

  /// Learns the names of what a status answers and of whom it mentions, one request each where they are not known yet.
  ///
  /// returns  false where the server would not say all, though it may another time
  /// errors   where it cannot be asked at all
  std::expected<bool, Problem> learn_answered(io::JsonValue status, Pull& pull, const std::stop_token& stop);

 private:
  std::expected<void, Problem> learn(const std::string& path, const std::stop_token& stop);
};

/// An id as servers give it: letters, digits, '-' and '_', at most 64.
bool is_id(std::string_view text);

}  // namespace renown::connect::mastodon
