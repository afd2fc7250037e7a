#include "common/program.h"
#include "http_lookup/task.h"

namespace renown::bench::http_lookup {
namespace {

Contest make_contest(const Call& call) {
  const auto input = std::make_shared<Input>(
      Input{R"({"person":"7","score":63.4,"low":61.0,"high":65.9,"vouched":58.2,"percentile":97.1,"coverage":0.8,)"
            R"("model":"renown-0.2","as_of":"2026-11-28T00:00:00Z"})",
            call.redis_port});
  Contest contest{
      .input = "one score as JSON, 32 connections",
      .rows = 0.0,
      .entries = {{"renown", [input] { return renown(*input); }}, {"beast", [input] { return beast(*input); }}}};
  if (call.redis_port != 0) contest.entries.push_back({"redis", [input] { return redis(*input); }});
  return contest;
}

}  // namespace
}  // namespace renown::bench::http_lookup

int main(int count, char** arguments) {
  return renown::bench::run_program(count, arguments, renown::bench::http_lookup::make_contest);
}
