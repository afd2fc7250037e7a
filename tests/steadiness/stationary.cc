#include "steadiness/stationary.h"

#include <cmath>
#include <string>

#include "base/time.h"
#include "evaluate/enrolment.h"
#include "model/interaction_block.h"

namespace renown::steadiness {

generate::World make_world(const StationaryWorld& world) {
  const std::uint64_t days = kBurnInDays + world.days;
  const double rows = world.rows_a_person * static_cast<double>(world.people * days) / kBurnInDays;
  return *generate::World::create({.people = world.people,
                                   .days = days,
                                   .rows = static_cast<std::uint64_t>(std::llround(rows)),
                                   .seed = world.seed,
                                   .start = kStart,
                                   .stationary = true});
}

aggregate::EventTable rows_of(const generate::World& world) {
  aggregate::EventTable events;
  model::InteractionBlock block;
  const std::uint64_t rows = world.options().rows;
  for (std::uint64_t begin = 0; begin < rows; begin += model::InteractionBlock::kRows) {
    block.clear();
    world.append(begin, std::min(rows, begin + model::InteractionBlock::kRows), block);
    events.add(block);
  }
  return events;
}

evaluate::DailyMoves moves_in(const StationaryWorld& world, const ScoreModel& model, double verified_share,
                              std::size_t threads) {
  aggregate::EventTable events = rows_of(make_world(world));
  pipeline::LoadedLists lists;
  if (verified_share > 0.0)
    lists.verified = evaluate::draw_verified(events, verified_share, evaluate::Enrolment::random, world.seed);
  pipeline::NoProgress progress;
  return *evaluate::daily_moves(std::move(events), lists, model,
                                kStart + static_cast<std::int64_t>(kBurnInDays) * base::kSecondsPerDay, world.days,
                                threads, progress);
}

std::vector<double> burst_scores(std::uint64_t people, bool verified, const ScoreModel& model, std::size_t threads) {
  aggregate::EventTable events;
  pipeline::LoadedLists lists;
  if (verified) lists.verified.emplace();
  for (std::uint64_t i = 0; i < people; ++i) {
    const std::string name = "fan" + std::to_string(i);
    if (verified && i % 10 == 0) lists.verified->insert({"n", name});
    events.add({.time = kStart + static_cast<std::int64_t>(3600 * i / people),
                .kind = Kind::like,
                .network = "n",
                .actor = name,
                .target = "star",
                .post = "",
                .id = "",
                .tags = ""});
  }
  events.order_accounts();
  std::vector<double> scores;
  for (std::int64_t day = 0; day <= 180; ++day) {
    const auto run = pipeline::score_events(events, lists, model, kStart + 3600 + day * base::kSecondsPerDay, threads);
    double score = 1.0;  // where everybody has left the window there is none, which a reader takes for the least
    for (const ScoreCard& card : run.cards.values()) score = card.score.value_or(score);
    scores.push_back(score);
  }
  return scores;
}

}  // namespace renown::steadiness
