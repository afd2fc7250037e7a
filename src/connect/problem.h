/// Problem: why a source could not be read to its end. Whatever it is, what was read before it stands, and the source
/// is stale from then on: never empty, never zero.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "net/failure.h"
#include "net/message.h"

namespace renown::connect {

enum class ProblemKind : std::uint8_t {
  unauthorized,  ///< 401: the person has to connect the account again
  forbidden,     ///< 403: private, blocked, or beyond what the person allowed
  not_found,     ///< 404
  gone,          ///< 410: deleted for good
  try_later,     ///< 429, an allowance or a budget that is used up; `retry_at` says until when, where known
  unavailable,   ///< 5xx, no name, no connection, a timeout, a connection that broke
  refused,       ///< our own guard: an address, redirect or certificate that must not be trusted
  too_large,     ///< beyond a cap of ours
  malformed,     ///< not what the network's interface says: no JSON, a value of a wrong type, paging in circles
  cancelled,     ///< the caller asked to stop
  internal,      ///< a defect of Renown
};

/// "unauthorized", "try_later" ... as written above: for tables, JSON and metrics.
std::string_view problem_name(ProblemKind kind);

struct Problem {
  ProblemKind kind = ProblemKind::internal;
  std::string sentence = {};  ///< what was asked, what came instead, and what to do where one can do something
  std::optional<std::int64_t> retry_at = {};  ///< unix seconds; only with try_later
};

/// Whether the problem is one of what was asked for alone (forbidden, not_found, gone, too_large, malformed): other
/// parts of the source can be read all the same.
bool concerns_part(ProblemKind kind);

/// Of a request that got no response.
Problem problem_of(const net::Failure& failure);

/// Of a response whose status is not 2xx.
/// what  was asked for, in sentences: "the likes of a post"
Problem problem_of(const net::Response& response, std::string_view what);

}  // namespace renown::connect
