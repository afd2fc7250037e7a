/// For tests: reads a log to its end and shows its rows as text.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "model/interaction_reader.h"

namespace renown::ingest {

struct Reading {
  std::vector<std::string>
      rows;  ///< "1341100972 reply twitter alice -> bob post=1 id=2 tags=a b"; empty parts left out
  std::optional<Error> error;
  model::ReadReport report;

  /// Sum of what became of the records that yielded nothing.
  std::uint64_t without_rows() const {
    std::uint64_t sum = report.bad;
    for (const auto& [reason, count] : report.left_out) sum += count;
    return sum;
  }
};

inline std::string shown(const Interaction& row) {
  std::string line = fmt::format("{} {} {} {}", row.time, kind_name(row.kind), row.network, row.actor);
  if (!row.target.empty()) line += fmt::format(" -> {}", row.target);
  if (!row.post.empty()) line += fmt::format(" post={}", row.post);
  if (!row.id.empty()) line += fmt::format(" id={}", row.id);
  if (!row.tags.empty()) line += fmt::format(" tags={}", row.tags);
  return line;
}

inline Reading read_all(model::InteractionReader& reader) {
  Reading reading;
  model::InteractionBlock block;
  while (true) {
    block.clear();
    const auto more = reader.read(block);
    for (std::size_t row = 0; row < block.size(); ++row) reading.rows.push_back(shown(block[row]));
    if (!more) reading.error = more.error();
    if (!more || !*more) break;
  }
  reading.report = reader.report();
  return reading;
}

}  // namespace renown::ingest
