/// Asking a network's interface: a request, and its answer as JSON or the problem with it.
#pragma once

#include <expected>
#include <stop_token>
#include <string_view>

#include "connect/problem.h"
#include "io/json.h"
#include "net/transport.h"

namespace renown::connect {

/// The response, where its status is 2xx.
/// what  is asked for, in sentences: "the likes of a post"
std::expected<net::Response, Problem> ask(net::Transport& http, const net::Request& request, std::string_view what,
                                          std::stop_token stop);

/// A document and where it came from.
struct JsonAnswer {
  net::Response response;  ///< for its headers
  io::JsonParser parser;
  io::JsonValue root;  ///< valid as long as this answer is
};

/// What a response holds; what is no JSON, or of another type at its root, is `malformed`.
std::expected<JsonAnswer, Problem> read_json(net::Response response, io::JsonType root, std::string_view what);

/// ask and read_json.
std::expected<JsonAnswer, Problem> ask_json(net::Transport& http, const net::Request& request, io::JsonType root,
                                            std::string_view what, std::stop_token stop);

}  // namespace renown::connect
