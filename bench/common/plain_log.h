/// PlainLog: a log from which no rule takes anything, so that a plain GROUP BY does what the tallies do.
#pragma once

#include <memory>

#include "common/log.h"

namespace renown::bench {

/// The rows that are acts whatever the rules: with weight, on somebody else, no second one of a pair in the same
/// second; without posts, ids and tags.
std::unique_ptr<Log> plain_log(std::unique_ptr<Log> log);

}  // namespace renown::bench
