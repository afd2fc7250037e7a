#include <fmt/format.h>

#include "common/drawn_scores.h"
#include "common/program.h"
#include "topk/task.h"

namespace renown::bench::topk {
namespace {

Contest make_contest(const Call& call) {
  const auto input = std::make_shared<Input>(Input{drawn_scores(call.rows ? call.rows : 10'000'000), call.redis_port});
  Contest contest{.input = fmt::format("scores of {} people", input->scores.size()),
                  .rows = 0.0,
                  .entries = {{"renown", [input] { return renown(*input); }},
                              {"scan", [input] { return scan(*input); }},
                              {"nth_element", [input] { return nth_element(*input); }},
                              {"naive", [input] { return naive(*input); }}}};
  if (call.redis_port != 0) contest.entries.push_back({"redis", [input] { return redis(*input); }});
  return contest;
}

}  // namespace
}  // namespace renown::bench::topk

int main(int count, char** arguments) {
  return renown::bench::run_program(count, arguments, renown::bench::topk::make_contest);
}
