/// Tasks `ingest` and `ingest_nested`: from JSON lines to rows as numbers, in memory.
///
/// Input       one file of lines of 127 bytes, or of 418 bytes with nested objects; the file is in the page cache
/// Equal       rows, and sums over them: times, and bytes of kinds, actors and targets
/// Measured    CPU time an event, one thread. `renown` reads and checks whole lines, numbers accounts and puts rows
/// into
///             the partitions that the score takes; `simdjson` (On-Demand, iterate_many, bytes in memory already) reads
///             five fields and hashes them, no more; `duckdb` parses with types given, nothing inferred, and sums;
///             `naive` searches keys with find() and numbers accounts in a hash table of the standard library, and
///             checks nothing
/// Target      at least half as quick as simdjson, 1.5 times as quick as DuckDB
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string_view>

#include "renown/interaction.h"

#include "common/candidate.h"
#include "common/events.h"

namespace renown::bench::ingest {

struct Sums {
  std::uint64_t rows = 0, times = 0, kind_bytes = 0, actor_bytes = 0, target_bytes = 0;

  void add(std::int64_t time, Kind kind, std::size_t actor_size, std::size_t target_size) {
    ++rows;
    times += static_cast<std::uint64_t>(time);
    kind_bytes += kind_name(kind).size();
    actor_bytes += actor_size;
    target_bytes += target_size;
  }
  Outcome outcome() const { return {.exact = {rows, times, kind_bytes, actor_bytes, target_bytes}, .close = {}}; }
};

std::unique_ptr<Candidate> renown(const Events& events);
std::unique_ptr<Candidate> simdjson(const Events& events);
std::unique_ptr<Candidate> duckdb(const Events& events);
std::unique_ptr<Candidate> naive(const Events& events);

}  // namespace renown::bench::ingest
