#include <fmt/format.h>

#include "common/drawn_scores.h"
#include "common/program.h"
#include "lookup/task.h"

namespace renown::bench::lookup {
namespace {

Contest make_contest(const Call& call) {
  const auto input = std::make_shared<Input>(Input{drawn_scores(call.rows ? call.rows : 10'000'000), call.redis_port});
  Contest contest{.input = fmt::format("scores of {} people", input->scores.size()),
                  .rows = 0.0,
                  .entries = {{"renown", [input] { return renown(*input); }}}};
  if (call.redis_port != 0) {
    contest.entries.push_back({"redis", [input] { return redis(*input, 1); }});
    contest.entries.push_back({"redis_pipelined", [input] { return redis(*input, 100); }});
  }
  return contest;
}

}  // namespace
}  // namespace renown::bench::lookup

int main(int count, char** arguments) {
  return renown::bench::run_program(count, arguments, renown::bench::lookup::make_contest);
}
