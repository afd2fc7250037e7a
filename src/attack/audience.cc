#include "attack/audience.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "base/time.h"

namespace renown::attack {
namespace {

using aggregate::Event;
using aggregate::PersonId;

double median(std::vector<double> values) {
  if (values.empty()) return 0.0;
  std::ranges::sort(values);
  return values[values.size() / 2];
}

/// What people do and receive, by person.
struct Activity {
  std::vector<std::uint64_t> own, received;
  std::vector<std::pair<PersonId, std::int64_t>> days;  ///< each active day of each person once
};

Activity activity(const aggregate::EventTable& rows, const score::ScoreRun& run) {
  Activity activity;
  activity.own.resize(run.log.people.size());
  activity.received.resize(run.log.people.size());
  for (const Event& row : rows.events()) {
    if (row.time >= run.as_of || row.kind == Kind::follow || row.kind == Kind::undo) continue;
    const PersonId actor = run.log.people.person_of[row.actor];
    ++activity.own[actor];
    activity.days.emplace_back(actor, row.time / base::kSecondsPerDay);
  }
  for (const Event& act : run.tally.acts) {
    const PersonId target = run.log.people.person_of[act.target];
    ++activity.received[target];
    activity.days.emplace_back(target, act.time / base::kSecondsPerDay);
  }
  std::ranges::sort(activity.days);
  const auto twice = std::ranges::unique(activity.days);
  activity.days.erase(twice.begin(), twice.end());
  return activity;
}

}  // namespace

Audience measure_audience(const aggregate::EventTable& rows, const score::ScoreRun& run,
                          const std::vector<PersonId>& scored) {
  const Activity done = activity(rows, run);
  std::vector<std::uint64_t> days(run.log.people.size());
  for (const auto& [person, day] : done.days) ++days[person];
  const auto rate = [](std::uint64_t count, std::uint64_t of) {
    return static_cast<double>(count) / static_cast<double>(of);
  };

  std::vector<double> everybody, per_act, per_day, engagers;
  for (PersonId person = 0; person < run.log.people.size(); ++person) {
    if (done.own[person] > 0) everybody.push_back(rate(done.received[person], done.own[person]));
  }
  for (const PersonId person : scored) {
    if (done.own[person] > 0) per_act.push_back(rate(done.received[person], done.own[person]));
    per_day.push_back(rate(done.received[person], days[person]));
    engagers.push_back(static_cast<double>(run.cards[person].reach));
  }
  return {median(std::move(everybody)), median(std::move(per_act)), median(std::move(per_day)),
          median(std::move(engagers))};
}

}  // namespace renown::attack
