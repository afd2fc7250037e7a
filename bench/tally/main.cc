#include "common/duck.h"
#include "common/plain_log.h"
#include "common/program.h"
#include "tally/task.h"

namespace renown::bench::tally {
namespace {

Contest make_contest(const Call& call) {
  auto input = std::make_shared<Input>();
  input->log = plain_log(log_for(call.log, call.rows ? call.rows : 3'000'000));
  input->columns = columns_of(*input->log).columns;
  input->columns_file = call.work_folder + "/tally.parquet";
  write_columns(input->columns, input->columns_file);
  return {.input = input->log->description(),
          .rows = static_cast<double>(input->columns.size()),
          .entries = {{"renown", [input] { return renown(*input); }},
                      {"duckdb", [input] { return duckdb(*input); }},
                      {"sqlite", [input] { return sqlite(*input); }},
                      {"naive", [input] { return naive(*input); }}}};
}

}  // namespace
}  // namespace renown::bench::tally

int main(int count, char** arguments) {
  return renown::bench::run_program(count, arguments, renown::bench::tally::make_contest);
}
