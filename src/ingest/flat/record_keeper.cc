#include "ingest/flat/record_keeper.h"

#include <utility>

#include <fmt/format.h>

namespace renown::ingest::flat {

RecordKeeper::RecordKeeper(std::string log, std::string claim, model::ReadOptions options)
    : log_(std::move(log)), claim_(std::move(claim)), options_(options) {}

Result<void> RecordKeeper::bad(std::string place, std::string reason) {
  ++report_.records;
  report_.add_bad({std::move(place), std::move(reason)});
  if (options_.strict) {
    const model::BadRecord& first = report_.first_bad.front();
    return bad_input(fmt::format("{}: {}", first.place, first.reason));
  }
  if (report_.interactions == 0 && report_.bad == kTrial) return not_what_it_claims();
  return {};
}

Result<void> RecordKeeper::finish() const {
  if (report_.bad > 0 && report_.interactions == 0) return not_what_it_claims();
  return {};
}

Error RecordKeeper::not_what_it_claims() const {
  const model::BadRecord& first = report_.first_bad.front();
  const std::string which = report_.records == 1
                                ? "its only record cannot be used"
                                : fmt::format("none of its {}{} records can be used",
                                              report_.records == kTrial ? "first " : "", report_.records);
  return bad_input(fmt::format("{} is not {}: {}; {}: {}", log_, claim_, which, first.place, first.reason));
}

}  // namespace renown::ingest::flat
