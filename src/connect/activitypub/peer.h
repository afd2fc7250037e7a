/// Peer: documents of the Fediverse, asked for and believed only as far as their server may speak for them.
#pragma once

#include <expected>
#include <functional>
#include <stop_token>
#include <string>
#include <string_view>

#include "connect/ask.h"
#include "connect/problem.h"

namespace renown::connect::activitypub {

/// "https://a.example:443" of an address; empty where it is none.
std::string origin_of(std::string_view address);

/// The address of the actor of "ann@a.example": its server's WebFinger says it (RFC 7033).
/// server  "https://a.example"
std::expected<std::string, Problem> find_actor(net::Transport& http, const std::string& server,
                                               const std::string& handle, const std::stop_token& stop);

/// An ActivityStreams document. errors  malformed besides, where the answer is of another media type: an upload that
/// looks like one is none
std::expected<JsonAnswer, Problem> get_document(net::Transport& http, const std::string& address, std::string_view what,
                                                const std::stop_token& stop);

/// The items of a collection, its pages one after the other, which all are on the collection's own server.
///
/// collection  its address, or the thing itself, with items, with `first`, or with a count and no items
/// origin      of whoever's it is: it is not followed to another
/// errors      as get_document; what use() was given before is a part of it
std::expected<void, Problem> for_each_item(net::Transport& http, io::JsonValue collection, std::string_view origin,
                                           std::string_view what, const std::stop_token& stop,
                                           const std::function<void(io::JsonValue item)>& use);

}  // namespace renown::connect::activitypub
