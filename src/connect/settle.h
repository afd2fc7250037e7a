/// Records of a source, judged like those of a log: counted, and their rows taken over all together or not at all.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "ingest/record.h"
#include "ingest/record_judge.h"
#include "model/interaction_block.h"
#include "model/interaction_reader.h"

namespace renown::connect {

/// Counts a record that cannot be used.
/// place  where it stands, for people: "the likes of https://a.example/users/ann/statuses/1"
inline void count_bad(model::ReadReport& report, std::string_view place, std::string reason) {
  ++report.records;
  report.add_bad({std::string(place), std::move(reason)});
}

/// Counts a record and puts its rows into `block`; one with a row that breaks the rules of rows is bad, one without
/// rows is left out for its reason.
inline void settle(const ingest::Record& record, model::InteractionBlock& block, model::ReadReport& report,
                   std::string_view place) {
  for (const Interaction& row : record.rows()) {
    if (std::string problem = ingest::row_problem(row); !problem.empty()) {
      return count_bad(report, place, std::move(problem));
    }
  }
  ++report.records;
  if (record.rows().empty()) report.leave_out(record.reason());
  for (const Interaction& row : record.rows()) block.push(row);
  report.interactions += record.rows().size();
}

}  // namespace renown::connect
