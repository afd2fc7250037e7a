#include <algorithm>

#include <fmt/format.h>

#include "common/duck.h"
#include "common/program.h"
#include "live_event/task.h"
#include "score/model_file.h"

namespace renown::bench::live_event {

Outcome outcome_of(const ScoreCard& card) {
  return {.exact = {card.reach, card.interactions},
          .close = {card.raw, *card.vouched_raw, *card.score_low, *card.score_high}};
}

namespace {

/// Whom most different accounts act on.
aggregate::AccountId best_known(const LogColumns& log) {
  std::vector<std::uint64_t> pairs;
  for (std::size_t i = 0; i < log.columns.size(); ++i) {
    if (log.columns.target[i] != aggregate::kNoAccount)
      pairs.push_back((std::uint64_t{log.columns.target[i]} << 32) | log.columns.actor[i]);
  }
  std::ranges::sort(pairs);
  pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
  std::vector<std::uint32_t> audience(log.accounts.size());
  for (const std::uint64_t pair : pairs) ++audience[pair >> 32];
  return static_cast<aggregate::AccountId>(std::ranges::max_element(audience) - audience.begin());
}

Contest make_contest(const Call& call) {
  const auto log = log_for(call.log, call.rows ? call.rows : 1'000'000);
  const LogColumns columns = columns_of(*log);
  auto input = std::make_shared<Input>();
  log->read([&](const model::InteractionBlock& block) { input->events.add(block); });
  input->as_of = columns.as_of;
  input->verified = columns.verified_set;
  input->model = must(score::parse_model(score::shipped_model(score::kDefaultModel), score::kDefaultModel));
  const auto target = columns.accounts[best_known(columns)];
  input->network = target.network;
  input->target = target.account;
  for (std::size_t i = 0; i < kRows; ++i) input->actors.push_back(fmt::format("newcomer-{}", i));
  return {.input = log->description(),
          .rows = 0.0,
          .entries = {{"renown", [input] { return renown(*input); }},
                      {"whole_run", [input] { return whole_run(*input); }}}};
}

}  // namespace
}  // namespace renown::bench::live_event

int main(int count, char** arguments) {
  return renown::bench::run_program(count, arguments, renown::bench::live_event::make_contest);
}
