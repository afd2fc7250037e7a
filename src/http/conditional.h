/// Conditional requests (RFC 9110, section 13): "only if it changed", "only if nobody changed it meanwhile".
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "http/message.h"

namespace renown::http {

/// A strong ETag of these bytes, in quotes: 128 bits of their SHA-256.
std::string strong_etag(std::string_view bytes);

/// Turns a 200 for GET or HEAD that has an `ETag` into a 304 where `If-None-Match` names it, or into a 412 where
/// `If-Match` does not. A compressed body has the tag of the plain one with "-gzip" or "-br" before the last quote;
/// each names them all.
void apply_conditions(const Request& request, Response& response);

/// For a request that changes something: 412 if `If-Match` does not name the state it is in, or `If-None-Match` does
/// ("*": if there is one at all). Nothing: go on.
///
/// etag  of the present state; empty where there is none
std::optional<Response> failed_condition(const Request& request, std::string_view etag);

}  // namespace renown::http
