/// Lists that a server gives page by page, each naming the next by a Link header.
#pragma once

#include <cstddef>
#include <expected>
#include <functional>
#include <stop_token>
#include <string>
#include <string_view>

#include "connect/ask.h"
#include "connect/problem.h"

namespace renown::connect {

/// The address of the page that a response calls the next; empty where it names none.
/// errors  malformed where that is no address, or is on another server than the response: requests carry credentials
std::expected<std::string, Problem> next_page(const net::Response& response);

inline constexpr std::size_t kMostListPages = 2'000;  ///< of 80 likes each: no list is longer, many are wrong

/// Asks for `first` and all pages after it, in order, and calls use() with each.
/// root  of each page
/// what  is asked for, in sentences
/// errors  as ask_json and next_page; malformed for paging in circles or without end. What use() was given before is a
///         part of the list and never the whole
std::expected<void, Problem> for_each_page(net::Transport& http, net::Request first, io::JsonType root,
                                           std::string_view what, const std::stop_token& stop,
                                           const std::function<void(const JsonAnswer&)>& use);

}  // namespace renown::connect
