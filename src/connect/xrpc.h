/// XRPC: how servers of AT Protocol are asked.
#pragma once

#include <expected>
#include <initializer_list>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>

#include "connect/ask.h"
#include "connect/problem.h"
#include "net/transport.h"

namespace renown::connect {

/// For a query: everything but unreserved characters of RFC 3986 as %XX.
std::string percent_encoded(std::string_view text);

/// Of a query, one name and its value; one with an empty value is left out.
using XrpcParameter = std::pair<std::string_view, std::string_view>;

/// "https://pds.example/xrpc/com.atproto.sync.listRepos?limit=100"
std::string xrpc_url(std::string_view server, std::string_view method, std::initializer_list<XrpcParameter> query);

/// The answer, an object. These servers answer 400 to much for which HTTP has better numbers: a repository or profile
/// that is not there is `not_found`, one that was taken down or deactivated `forbidden`, a token that ran out
/// `unauthorized`.
std::expected<JsonAnswer, Problem> ask_xrpc(net::Transport& http, const net::Request& request, std::string_view what,
                                            std::stop_token stop);
std::expected<JsonAnswer, Problem> ask_xrpc(net::Transport& http, const std::string& url, std::string_view what,
                                            std::stop_token stop);

}  // namespace renown::connect
