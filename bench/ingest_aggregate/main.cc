#include <fmt/format.h>

#include "common/plain_log.h"
#include "common/program.h"
#include "ingest_aggregate/task.h"

namespace renown::bench::ingest_aggregate {
namespace {

Contest make_contest(const Call& call) {
  const auto log = plain_log(log_for(call.log, call.rows ? call.rows : 1'000'000));
  const auto events = std::make_shared<Events>(write_events(*log, call.work_folder + "/events.ndjson", kPlainBytes));
  return {
      .input = fmt::format("{} as JSON lines of {} bytes", log->description(), kPlainBytes),
      .rows = static_cast<double>(events->rows),
      .entries = {{"renown", [events] { return renown(*events); }}, {"duckdb", [events] { return duckdb(*events); }}}};
}

}  // namespace
}  // namespace renown::bench::ingest_aggregate

int main(int count, char** arguments) {
  return renown::bench::run_program(count, arguments, renown::bench::ingest_aggregate::make_contest);
}
