#include "evaluate/daily_moves.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>
#include <utility>
#include <vector>

#include "base/time.h"
#include "score/engagement.h"

namespace renown::evaluate {
namespace {

/// What has to be remembered of a person from one day to the next.
struct PersonDay {
  std::optional<double> score;
  std::uint64_t reach = 0;
  std::uint64_t acts = 0;        ///< kept acts of any age: a withdrawn one is missing
  std::int64_t newest_act = -1;  ///< unix seconds; -1: none
  std::uint64_t came = 0;        ///< engagers whose latest act is at most kBurstDays old
  std::uint64_t leaves = 0;      ///< engagers whose latest act leaves the window within kBurstDays
};

/// Everybody on one day. Persons have the same number every day: they are numbered by all accounts of the rows,
/// whatever their time.
std::vector<PersonDay> people_of(const score::ScoreRun& run) {
  const std::int64_t burst_seconds = kBurstDays * base::kSecondsPerDay;
  const std::int64_t window_seconds = score::window_seconds(run.model);
  std::vector<PersonDay> people(run.log.people.size());
  for (score::PersonId person = 0; person < people.size(); ++person) {
    PersonDay& day = people[person];
    day.score = run.cards[person].score;
    day.reach = run.cards[person].reach;
    day.acts = run.cards[person].interactions;
    for (const aggregate::Pair& pair : run.tally.of_target(person)) {
      const std::int64_t age = run.as_of - pair.all.latest;
      day.newest_act = std::max(day.newest_act, pair.all.latest);
      day.came += age <= burst_seconds;
      day.leaves += age < window_seconds && age >= window_seconds - burst_seconds;
    }
  }
  return people;
}

/// Moves as they come, by group.
struct Collected {
  std::vector<double> all, quiet, fresh_bursts, leaving_bursts;
  std::array<std::vector<double>, kMoveGroups.size()> by_engagers;
  std::uint64_t scores_gained = 0;
  std::uint64_t scores_lost = 0;

  void add(const PersonDay& before, const PersonDay& after, std::int64_t as_of_before) {
    scores_gained += !before.score && after.score;
    scores_lost += before.score && !after.score;
    if (!before.score || !after.score) return;
    const double move = std::abs(*after.score - *before.score);
    all.push_back(move);
    by_engagers[group_of(before.reach)].push_back(move);
    const bool is_quiet = after.newest_act < as_of_before && after.acts == before.acts;
    if (!is_quiet) return;
    const bool leaves = before.leaves > kBurstEngagers;
    (leaves ? leaving_bursts : quiet).push_back(move);
    if (!leaves && before.came > kBurstEngagers) fresh_bursts.push_back(move);
  }

  /// A model with a lower floor than the first group has its smallest people in that group too.
  static std::size_t group_of(std::uint64_t reach) {
    const auto next = std::ranges::upper_bound(kMoveGroups, reach);
    return next == kMoveGroups.begin() ? 0 : static_cast<std::size_t>(next - kMoveGroups.begin() - 1);
  }

  DailyMoves sizes() {
    DailyMoves moves{.all = move_sizes(all),
                     .quiet = move_sizes(quiet),
                     .fresh_bursts = move_sizes(fresh_bursts),
                     .leaving_bursts = move_sizes(leaving_bursts),
                     .by_engagers = {},
                     .scores_gained = scores_gained,
                     .scores_lost = scores_lost};
    for (std::size_t group = 0; group < by_engagers.size(); ++group)
      moves.by_engagers[group] = move_sizes(by_engagers[group]);
    return moves;
  }
};

}  // namespace

MoveSizes move_sizes(std::span<double> moves) {
  if (moves.empty()) return {};
  MoveSizes sizes;
  sizes.person_days = moves.size();
  sizes.mean = std::accumulate(moves.begin(), moves.end(), 0.0) / static_cast<double>(moves.size());
  const std::size_t rank = moves.size() - 1 - moves.size() / 100;  // at most one in a hundred lies above
  std::ranges::nth_element(moves, moves.begin() + static_cast<std::ptrdiff_t>(rank));
  sizes.p99 = moves[rank];
  sizes.largest = *std::ranges::max_element(moves);
  return sizes;
}

Result<DailyMoves> daily_moves(aggregate::EventTable events, const pipeline::LoadedLists& lists,
                               const ScoreModel& model, std::int64_t first_as_of, std::size_t days, std::size_t threads,
                               pipeline::Progress& progress) {
  if (days == 0) return Error{ErrorCode::usage, "daily moves need at least one day"};
  events.order_accounts();  // once, so that the copy of each day has nothing left to order
  Collected collected;
  std::vector<PersonDay> before;
  for (std::size_t day = 0; day <= days; ++day) {
    if (progress.cancelled()) return Error{ErrorCode::cancelled, "stopped; nothing was written"};
    progress.update("daily moves", day, days + 1, "days");
    const std::int64_t as_of = first_as_of + static_cast<std::int64_t>(day) * base::kSecondsPerDay;
    auto today = people_of(pipeline::score_events(events, lists, model, as_of, threads));
    for (std::size_t person = 0; person < before.size(); ++person)
      collected.add(before[person], today[person], as_of - base::kSecondsPerDay);
    before = std::move(today);
  }
  return collected.sizes();
}

}  // namespace renown::evaluate
