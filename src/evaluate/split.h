/// Splits: the moments at which a score is examined.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "renown/result.h"

namespace renown::evaluate {

/// Scores know the rows before `time`; outcomes are the acts in [time, until).
struct Split {
  std::string label;  ///< as it was asked for
  std::int64_t time = 0;
  std::int64_t until = 0;
};

/// What the numbers of splits are relative to.
struct LogSpan {
  std::int64_t first = 0;  ///< time of the first row
  std::int64_t end = 0;    ///< one second after the last row
};

/// A moment of a log: a number is days after its first row ("4.5"), anything else a time as base::parse_time reads it
/// (numbers from 36,500 on are unix seconds). errors  usage, naming `option` and what to write
Result<std::int64_t> parse_moment(const std::string& text, const LogSpan& log, const std::string& option);

/// "2,3,4.5", "2..4,3" (outcomes up to day 4, and up to the default) or "2012-07-03T00:00:00Z": in the order given.
///
/// until    where outcomes end that say nothing else; empty: the log's end
/// horizon  days; outcomes end so long after each split instead, which must be inside the log, or before `until`
/// errors   usage, naming the split: no moment, outside the log, not before its own end, there already
Result<std::vector<Split>> parse_splits(const std::string& text, const LogSpan& log, const std::string& until,
                                        std::optional<double> horizon_days);

}  // namespace renown::evaluate
