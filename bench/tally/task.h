/// Task `tally`: from rows to one tally for each pair of actor and target: first and latest time, and which kinds.
///
/// Input       rows as integer columns in memory, without twins (rows of the same pair and second) and without rows on
///             oneself, so that the rules of acts leave all of them and a plain GROUP BY gives the same tallies
/// Equal       the tallies, by a digest that does not depend on their order
/// Measured    CPU time of one thread (`tally`); the most memory beyond the input in the form that each candidate works
///             on (`tally_memory`), and with that form (`tally_memory_all`), which for Renown includes names
/// Target      at least 5 times as quick as DuckDB's GROUP BY, with at most a third of its memory
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "base/hash.h"
#include "common/candidate.h"
#include "common/log.h"

namespace renown::bench::tally {

struct Tally {
  std::int64_t first = 0;
  std::int64_t latest = 0;
  std::uint32_t kinds = 0;  ///< a bit for each
};

/// Sums over all tallies: how many, and their digest.
class Digest {
 public:
  void add(std::uint32_t actor, std::uint32_t target, const Tally& tally) {
    std::uint64_t hash = base::mix64((std::uint64_t{actor} << 32) | target);
    hash = base::mix64(hash ^ static_cast<std::uint64_t>(tally.first));
    hash = base::mix64(hash ^ static_cast<std::uint64_t>(tally.latest));
    sum_ += base::mix64(hash ^ tally.kinds);
    ++pairs_;
  }
  Outcome outcome() const { return {.exact = {pairs_, sum_}, .close = {}}; }

 private:
  std::uint64_t pairs_ = 0;
  std::uint64_t sum_ = 0;
};

struct Input {
  std::unique_ptr<Log> log;  ///< the rows of `columns`, with names
  Columns columns;
  std::string columns_file;  ///< the same for DuckDB
};

std::unique_ptr<Candidate> renown(const Input& input);
std::unique_ptr<Candidate> duckdb(const Input& input);
std::unique_ptr<Candidate> sqlite(const Input& input);
std::unique_ptr<Candidate> naive(const Input& input);

}  // namespace renown::bench::tally
