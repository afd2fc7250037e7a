#include "generate/everyday.h"

#include <algorithm>
#include <array>
#include <bit>
#include <numeric>

#include "generate/lanes.h"

namespace renown::generate {
namespace {

constexpr double kInside = 0.83;  // on somebody of the same community: Higgs week

// ln of the seconds from a post to a reaction: Twitter sample of Klout's user_timestamp data set.
constexpr double kDelayMu = 7.93, kDelaySigma = 2.17;

constexpr double kShockOnOne = 0.5;  // a choice
// A shock of a larger world concerns several communities: else everybody in the one would act on it again and again.
constexpr std::uint64_t kPeopleAShock = 500'000;
constexpr double kLikes = 0.25;                      // of all rows; a choice
constexpr double kReposts = 0.68, kMentions = 0.25;  // of all others; the rest are replies: Higgs week

/// Rows that answer one of that kind, as a share of the rows that might. Set so that reciprocity comes to that of the
/// Higgs week: 0.5 % of reposting pairs, 7 % of mentioning, 16 % of replying ones.
double answers_to(Kind kind) {
  switch (kind) {
    case Kind::repost:
      return 0.0015;
    case Kind::mention:
      return 0.042;
    case Kind::reply:
      return 0.112;
    default:
      return 0.02;  // likes: a choice
  }
}
constexpr double kMostAnswers = 0.112;

/// The time of a post to which somebody reacts at `time`, `delay` seconds later. Posts stand on a grid that is an
/// eighth of the delay or finer: the delay stays what was drawn, to an eighth, and people who react late to the same
/// person meet on the same posts.
std::int64_t on_grid(std::int64_t time, double delay) {
  const auto seconds = std::min(std::max<std::int64_t>(1, static_cast<std::int64_t>(std::min(delay, 1e12))), time);
  const std::uint64_t grid = std::bit_floor(std::max<std::uint64_t>(8, static_cast<std::uint64_t>(seconds))) / 8;
  return static_cast<std::int64_t>(static_cast<std::uint64_t>(time - seconds) & ~(grid - 1));
}

}  // namespace

Everyday::Everyday(const Draws& draws, std::uint64_t people, std::int64_t start, std::uint64_t days, std::uint64_t rows,
                   bool stationary)
    : people_(people),
      shock_communities_(std::max<std::uint64_t>(1, people / kPeopleAShock)),
      stationary_(stationary),
      habits_(stationary ? kSteadyHabits : kHabits),
      draws_(draws),
      timetable_(draws_, start, days, rows, stationary),
      communities_(people),
      activity_(people, habits_.activity_shift, habits_.activity),
      by_activity_(people, draws_.bits(Purpose::actor, ~std::uint64_t{0})) {
  place_shocks();
}

void Everyday::place_shocks() {
  for (std::uint64_t shock = 0; shock < timetable_.shocks().size(); ++shock) {
    const double anybody = draws_.uniform(Purpose::shock_person, 2 * shock) * static_cast<double>(people_);
    const std::uint64_t community = communities_.community_of(static_cast<PersonNumber>(anybody));
    shocks_.push_back({community, draws_.uniform(Purpose::shock_person, 2 * shock + 1)});
  }
}

void Everyday::acts(std::uint64_t first, std::span<Act> acts) const {
  Rows rows(acts.size());
  std::iota(rows.begin(), rows.end(), first);
  const std::vector<Moment> moments = moments_of(rows);
  std::vector<Deed> deeds(rows.size());
  derive(rows, moments, deeds, rows.size());
  std::vector<double> delays(rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) delays[i] = draws_.uniform(Purpose::delay, rows[i]);
  to_log_normal(delays, kDelayMu, kDelaySigma);
  for (std::size_t i = 0; i < acts.size(); ++i) {
    const std::int64_t time = timetable_.time_of(moments[i]);
    acts[i] = {deeds[i], time, on_grid(time, delays[i])};
  }
}

Act Everyday::act(std::uint64_t row) const {
  Act act;
  acts(row, {&act, 1});
  return act;
}

std::vector<Everyday::Moment> Everyday::moments_of(std::span<const std::uint64_t> rows) const {
  std::vector<Moment> moments(rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) moments[i] = timetable_.moment_of_row(rows[i]);
  return moments;
}

bool Everyday::is_of_shock(std::uint64_t row, const Moment& moment) const {
  return !stationary_ && timetable_.is_of_shock(moment, draws_.uniform(Purpose::source, row));
}

Everyday::Sorted Everyday::sort(std::span<const std::uint64_t> rows, std::span<const Moment> moments) const {
  // Each row is written to every list, and the one list it belongs to keeps it.
  const std::size_t count = rows.size();
  Sorted sorted{std::vector<std::uint32_t>(count + 1), std::vector<std::uint32_t>(count + 1), {}, {}, {}};
  Effects follow_ups(count + 1), tries(count + 1);
  std::size_t of_shocks = 0, fresh = 0, followed = 0, tried = 0;
  for (std::uint32_t i = 0; i < count; ++i) {
    const bool shock = is_of_shock(rows[i], moments[i]);
    const double origin = draws_.uniform(Purpose::origin, rows[i]);
    const bool follows = !shock & (origin < habits_.follow_ups());
    const bool is_try = !shock & !follows & (origin < habits_.follow_ups() + habits_.answers);
    sorted.of_shocks[of_shocks] = sorted.fresh[fresh] = i;
    follow_ups[followed].index = tries[tried].index = i;
    of_shocks += shock;
    followed += follows;
    tried += is_try;
    fresh += !(shock | follows | is_try);
  }
  follow_ups.resize(followed);
  tries.resize(tried);
  sorted.answers = answered(rows, moments, tries);
  sorted.of_shocks.resize(of_shocks);
  sorted.fresh.resize(fresh);
  // Tries that came to nothing are fresh.
  for (std::size_t i = 0, answer = 0; i < tries.size(); ++i) {
    const bool is_answer = answer < sorted.answers.size() && sorted.answers[answer].index == tries[i].index;
    if (!is_answer) sorted.fresh.push_back(tries[i].index);
    answer += is_answer;
  }

  sorted.pairs.resize(followed + 1);
  sorted.actors.resize(followed + 1);
  std::size_t pairs = 0, actors = 0;
  const auto before = rows_before(rows, moments, follow_ups, habits_.gap_mu, habits_.gap_sigma);
  for (std::size_t i = 0; i < follow_ups.size(); ++i) {
    const std::uint32_t index = follow_ups[i].index;
    if (before[i] < 0) {
      sorted.fresh.push_back(index);
      continue;
    }
    const bool pair = draws_.uniform(Purpose::origin, rows[index]) < habits_.same_pair;
    sorted.pairs[pairs] = sorted.actors[actors] = {index, static_cast<std::uint64_t>(before[i])};
    pairs += pair;
    actors += !pair;
  }
  sorted.pairs.resize(pairs);
  sorted.actors.resize(actors);
  return sorted;
}

/// Those of the tries that answer a row, with that row.
Everyday::Effects Everyday::answered(std::span<const std::uint64_t> rows, std::span<const Moment> moments,
                                     const Effects& tries) const {
  Effects possible;
  std::vector<double> rates;
  for (const Effect& effect : tries) {
    const double rate = draws_.uniform(Purpose::answer, rows[effect.index]) * habits_.answers;
    if (rate >= kMostAnswers) continue;  // whatever the kind: it need not be known
    possible.push_back(effect);
    rates.push_back(rate);
  }
  const auto before = rows_before(rows, moments, possible, kDelayMu, kDelaySigma);
  Effects answers;
  Rows befores;
  for (std::size_t i = 0; i < possible.size(); ++i) {
    if (before[i] < 0) continue;
    rates[answers.size()] = rates[i];
    answers.push_back({possible[i].index, static_cast<std::uint64_t>(before[i])});
    befores.push_back(static_cast<std::uint64_t>(before[i]));
  }
  const std::vector<Kind> kinds_before = kinds(befores);
  std::size_t kept = 0;
  for (std::size_t i = 0; i < answers.size(); ++i) {
    answers[kept] = answers[i];
    kept += rates[i] < answers_to(kinds_before[i]);
  }
  answers.resize(kept);
  return answers;
}

/// The kinds of those rows and nothing else of them.
std::vector<Kind> Everyday::kinds(const Rows& rows) const {
  std::vector<Kind> kinds(rows.size());
  if (rows.empty()) return kinds;
  const std::vector<Moment> moments = moments_of(rows);
  Effects tries;
  for (std::uint32_t i = 0; i < rows.size(); ++i) {
    kinds[i] = fresh_kind(rows[i]);
    const double origin = draws_.uniform(Purpose::origin, rows[i]);
    if (origin < habits_.follow_ups() || origin >= habits_.follow_ups() + habits_.answers) continue;
    if (!is_of_shock(rows[i], moments[i])) tries.push_back({i, 0});
  }
  const Effects answers = answered(rows, moments, tries);
  Rows befores;
  for (const Effect& answer : answers) befores.push_back(answer.cause);
  const std::vector<Kind> kinds_before = this->kinds(befores);
  for (std::size_t i = 0; i < answers.size(); ++i) kinds[answers[i].index] = kinds_before[i];
  return kinds;
}

/// The deeds of the first `whole` rows, and the actors alone of the others. Causes are earlier rows, so this ends; all
/// causes of a level are derived together, so that even those of the last levels are many.
void Everyday::derive(std::span<const std::uint64_t> rows, std::span<const Moment> moments, std::span<Deed> deeds,
                      std::size_t whole) const {
  if (rows.empty()) return;
  Sorted sorted = sort(rows, moments);
  const auto needs_whole = [&](const Effect& effect) { return effect.index < whole; };
  const auto others = std::partition(sorted.pairs.begin(), sorted.pairs.end(), needs_whole);
  Rows causes;
  for (const Effects* effects : {&sorted.answers, &sorted.pairs, &sorted.actors}) {
    for (const Effect& effect : *effects) causes.push_back(effect.cause);
  }
  std::vector<Deed> earlier(causes.size());
  derive(causes, moments_of(causes), earlier,
         sorted.answers.size() + static_cast<std::size_t>(others - sorted.pairs.begin()));

  auto cause = earlier.begin();
  for (const Effect& effect : sorted.answers) {
    deeds[effect.index] = {cause->target, cause->actor, cause->kind};
    ++cause;
  }
  for (const Effect& effect : sorted.pairs) {
    deeds[effect.index] = {cause->actor, cause->target, fresh_kind(rows[effect.index])};
    ++cause;
  }
  for (const std::uint32_t i : sorted.of_shocks) deeds[i] = of_shock(rows[i], moments[i]);
  choose_actors(rows, sorted.fresh, deeds);
  for (const Effect& effect : sorted.actors) {
    deeds[effect.index].actor = (cause++)->actor;
    sorted.fresh.push_back(effect.index);
  }
  std::erase_if(sorted.fresh, [&](std::uint32_t i) { return i >= whole; });
  choose_targets(rows, sorted.fresh, deeds);
  for (const std::uint32_t i : sorted.fresh) deeds[i].kind = fresh_kind(rows[i]);
}

/// For each effect a row some time before it, or a negative number for a time before the world.
std::vector<std::int64_t> Everyday::rows_before(std::span<const std::uint64_t> rows, std::span<const Moment> moments,
                                                const Effects& effects, double mu, double sigma) const {
  std::vector<double> lags(effects.size());
  for (std::size_t i = 0; i < lags.size(); ++i) lags[i] = draws_.uniform(Purpose::lag, rows[effects[i].index]);
  to_log_normal(lags, mu, sigma);
  std::vector<std::int64_t> before(effects.size());
  for (std::size_t i = 0; i < lags.size(); ++i) {
    const std::uint32_t index = effects[i].index;
    const double then = static_cast<double>(timetable_.time_of(moments[index])) - lags[i];
    before[i] = std::min(timetable_.row_at(then), static_cast<std::int64_t>(rows[index]) - 1);
  }
  return before;
}

/// Anybody, the more active the likelier.
void Everyday::choose_actors(std::span<const std::uint64_t> rows, std::span<const std::uint32_t> which,
                             std::span<Deed> deeds) const {
  std::vector<double> ranks(which.size());
  for (std::size_t i = 0; i < which.size(); ++i)
    ranks[i] = activity_.base(draws_.uniform(Purpose::actor, rows[which[i]]));
  raise(ranks, activity_.exponent());
  for (std::size_t i = 0; i < which.size(); ++i) deeds[which[i]].actor = by_activity_(activity_.rank(ranks[i]));
}

/// For actors that are chosen somebody popular: of the actor's community mostly, else of any, the larger the likelier.
void Everyday::choose_targets(std::span<const std::uint64_t> rows, std::span<const std::uint32_t> which,
                              std::span<Deed> deeds) const {
  std::vector<std::uint64_t> communities(which.size());
  std::vector<double> ranks(which.size());
  for (std::size_t i = 0; i < which.size(); ++i) {
    const std::uint64_t row = rows[which[i]];
    const bool inside = draws_.uniform(Purpose::inside, row) < kInside;
    const double anybody = draws_.uniform(Purpose::community, row) * static_cast<double>(people_);
    communities[i] = communities_.community_of(inside ? deeds[which[i]].actor : static_cast<PersonNumber>(anybody));
    ranks[i] = communities_.popularity_base(communities[i], draws_.uniform(Purpose::target, row));
  }
  raise(ranks, communities_.popularity_exponent());
  for (std::size_t i = 0; i < which.size(); ++i) {
    Deed& deed = deeds[which[i]];
    deed.target = communities_.popular_member_of(communities[i], ranks[i]);
    if (deed.target == deed.actor) deed.target = communities_.next_member(deed.target);
  }
}

/// In each community that a shock concerns half of its rows are on the one person it happens to.
Deed Everyday::of_shock(std::uint64_t row, const Moment& moment) const {
  const auto& [first, whose] = shocks_[timetable_.shock_at(moment, draws_.uniform(Purpose::source, row))];
  const double which = draws_.uniform(Purpose::shock_community, row) * static_cast<double>(shock_communities_);
  const std::uint64_t place = first + static_cast<std::uint64_t>(which);  // a shock concerns fewer than there are
  const std::uint64_t home = place < communities_.count() ? place : place - communities_.count();
  const double who = draws_.uniform(Purpose::target, row);
  const PersonNumber target =
      communities_.popular_member(home, who < kShockOnOne ? whose : (who - kShockOnOne) / (1.0 - kShockOnOne));
  const bool inside = draws_.uniform(Purpose::inside, row) < kInside;
  const PersonNumber actor =
      inside ? communities_.member(home, draws_.uniform(Purpose::community, row)) : active_person(row);
  return {actor == target ? communities_.next_member(target) : actor, target, fresh_kind(row)};
}

PersonNumber Everyday::active_person(std::uint64_t row) const {
  return by_activity_(activity_(draws_.uniform(Purpose::actor, row)));
}

Kind Everyday::fresh_kind(std::uint64_t row) const {
  constexpr std::array<Kind, 4> kKinds = {Kind::like, Kind::repost, Kind::mention, Kind::reply};
  const double u = draws_.uniform(Purpose::kind, row);
  const double v = (u - kLikes) / (1.0 - kLikes);
  return kKinds[static_cast<std::size_t>((u >= kLikes) + (v >= kReposts) + (v >= kReposts + kMentions))];
}

std::int64_t post_time(const Draws& draws, std::uint64_t index, std::int64_t time) {
  return on_grid(time, draws.log_normal(Purpose::delay, index, kDelayMu, kDelaySigma));
}

}  // namespace renown::generate
