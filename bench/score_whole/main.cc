#include "common/duck.h"
#include "common/program.h"
#include "score/model_file.h"
#include "score_whole/task.h"

namespace renown::bench::score_whole {
namespace {

Contest make_contest(const Call& call) {
  auto input = std::make_shared<Input>();
  input->log = log_for(call.log, call.rows ? call.rows : 1'000'000);
  input->rows = columns_of(*input->log);
  input->columns_file = call.work_folder + "/score_whole.parquet";
  write_columns(input->rows.columns, input->columns_file);
  input->model = must(score::parse_model(score::shipped_model(score::kDefaultModel), score::kDefaultModel));
  input->model_without_farms = input->model;
  input->model_without_farms.farm_slot_engagers = 1e9;
  input->whole_cards = call.form == "cards";
  if (input->whole_cards) {
    return {.input = input->log->description(),
            .rows = static_cast<double>(input->rows.columns.size()),
            .entries = {{"renown", [input] { return renown(*input, input->model_without_farms); }},
                        {"duckdb", [input] { return duckdb_cards(*input); }}}};
  }
  return {.input = input->log->description(),
          .rows = static_cast<double>(input->rows.columns.size()),
          .entries = {{"renown", [input] { return renown(*input, input->model_without_farms); }},
                      {"renown_farms", [input] { return renown(*input, input->model); }, false},
                      {"duckdb", [input] { return duckdb(*input); }},
                      {"naive", [input] { return naive(*input); }},
                      {"igraph", [input] { return igraph(*input); }, false}}};
}

}  // namespace
}  // namespace renown::bench::score_whole

int main(int count, char** arguments) {
  return renown::bench::run_program(count, arguments, renown::bench::score_whole::make_contest);
}
