/// What the tests of the flat log's readers share.
#pragma once

#include <string>
#include <vector>

#include "base/time.h"
#include "model/interaction_reader.h"

namespace renown::ingest::flat::testing {

/// What a reader gave: rows as text, its report, and the error it stopped with, if any.
struct Read {
  std::vector<std::string> rows;
  model::ReadReport report;
  std::string error;
  std::size_t blocks = 0;
};

/// "time network kind actor>target post id tags", empty ones as "-".
inline std::string shown(const Interaction& act) {
  const auto text = [](std::string_view value) { return value.empty() ? std::string("-") : std::string(value); };
  return std::to_string(act.time) + " " + text(act.network) + " " + std::string(kind_name(act.kind)) + " " +
         text(act.actor) + ">" + text(act.target) + " " + text(act.post) + " " + text(act.id) + " " + text(act.tags);
}

inline Read read_all(model::InteractionReader& reader) {
  Read read;
  model::InteractionBlock block;
  for (bool more = true; more;) {
    block.clear();
    auto result = reader.read(block);
    for (std::size_t i = 0; i < block.size(); ++i) read.rows.push_back(shown(block[i]));
    ++read.blocks;
    if (!result) read.error = result.error().message;
    more = result && *result;
  }
  read.report = reader.report();
  return read;
}

/// "place: reason", one a line.
inline std::string bad_records(const model::ReadReport& report) {
  std::string text;
  for (const auto& record : report.first_bad) text += record.place + ": " + record.reason + "\n";
  return text;
}

}  // namespace renown::ingest::flat::testing
