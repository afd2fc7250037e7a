#include <fmt/format.h>

#include "common/plain_log.h"
#include "common/program.h"
#include "ingest/task.h"

namespace renown::bench::ingest {
namespace {

Contest make_contest(const Call& call) {
  const std::size_t line_bytes = call.form == "nested" ? kNestedBytes : kPlainBytes;
  const auto log = plain_log(log_for(call.log, call.rows ? call.rows : 1'000'000));
  const auto events = std::make_shared<Events>(write_events(*log, call.work_folder + "/events.ndjson", line_bytes));
  return {.input = fmt::format("{} as JSON lines of {} bytes", log->description(), line_bytes),
          .rows = static_cast<double>(events->rows),
          .entries = {{"renown", [events] { return renown(*events); }},
                      {"simdjson", [events] { return simdjson(*events); }},
                      {"duckdb", [events] { return duckdb(*events); }},
                      {"naive", [events] { return naive(*events); }}}};
}

}  // namespace
}  // namespace renown::bench::ingest

int main(int count, char** arguments) {
  return renown::bench::run_program(count, arguments, renown::bench::ingest::make_contest);
}
