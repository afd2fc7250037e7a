#include "common/duck.h"
#include "common/program.h"
#include "memory/task.h"
#include "score/model_file.h"

namespace renown::bench::memory {
namespace {

Contest make_contest(const Call& call) {
  const auto input = std::make_shared<Input>();
  input->log = log_for(call.log, call.rows ? call.rows : 3'000'000);
  input->model = must(score::parse_model(score::shipped_model(score::kDefaultModel), score::kDefaultModel));
  return {.input = input->log->description(),
          .rows = static_cast<double>(call.rows),
          .entries = {{"renown", [input] { return renown(*input); }}}};
}

}  // namespace
}  // namespace renown::bench::memory

int main(int count, char** arguments) {
  return renown::bench::run_program(count, arguments, renown::bench::memory::make_contest);
}
