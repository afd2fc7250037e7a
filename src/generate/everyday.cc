#include "generate/everyday.h"

#include <algorithm>
#include <bit>

namespace renown::generate {
namespace {

constexpr double kInside = 0.83;  // on somebody of the same community: Higgs week

// ln of the seconds from a post to a reaction: Twitter sample of Klout's user_timestamp data set.
constexpr double kDelayMu = 7.93, kDelaySigma = 2.17;

constexpr double kShockOnOne = 0.5;                  // a choice
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

}  // namespace

Everyday::Everyday(const Draws& draws, std::uint64_t people, std::int64_t start, std::uint64_t days, std::uint64_t rows,
                   bool stationary)
    : people_(people),
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
    const double who = draws_.uniform(Purpose::shock_person, 2 * shock + 1);
    shocks_.push_back({community, communities_.popular_member(community, who)});
  }
}

Act Everyday::act(std::uint64_t row) const {
  const Moment moment = timetable_.moment_of_row(row);
  const std::int64_t time = timetable_.time_of(moment);
  return {deed(row, moment), time, post_time(draws_, row, time)};
}

std::uint64_t Everyday::source(std::uint64_t row, const Moment& moment) const {
  return stationary_ ? Timetable::kEveryday : timetable_.source_at(moment, draws_.uniform(Purpose::source, row));
}

Deed Everyday::deed(std::uint64_t row, const Moment& moment) const {
  const std::uint64_t shock = source(row, moment);
  if (shock != Timetable::kEveryday) return of_shock(row, shock);
  if (const std::int64_t before = answered(row, moment); before >= 0) {
    const Deed earlier = deed(static_cast<std::uint64_t>(before));
    return {earlier.target, earlier.actor, earlier.kind};
  }
  const std::int64_t before = followed_up(row, moment);
  if (before >= 0 && draws_.uniform(Purpose::origin, row) < habits_.same_pair) {
    const Deed earlier = deed(static_cast<std::uint64_t>(before));
    return {earlier.actor, earlier.target, fresh_kind(row)};
  }
  const PersonNumber who = before >= 0 ? actor(static_cast<std::uint64_t>(before)) : active_person(row);
  return {who, target_for(row, who), fresh_kind(row)};
}

/// The actor of deed(row) and nothing else of it.
PersonNumber Everyday::actor(std::uint64_t row) const {
  for (;;) {
    const Moment moment = timetable_.moment_of_row(row);
    const std::uint64_t shock = source(row, moment);
    if (shock != Timetable::kEveryday) return of_shock(row, shock).actor;
    if (const std::int64_t before = answered(row, moment); before >= 0)
      return deed(static_cast<std::uint64_t>(before)).target;
    const std::int64_t before = followed_up(row, moment);
    if (before < 0) return active_person(row);
    row = static_cast<std::uint64_t>(before);
  }
}

/// The kind of deed(row) and nothing else of it.
Kind Everyday::kind(std::uint64_t row) const {
  for (;;) {
    const Moment moment = timetable_.moment_of_row(row);
    if (source(row, moment) != Timetable::kEveryday) return fresh_kind(row);
    const std::int64_t before = answered(row, moment);
    if (before < 0) return fresh_kind(row);
    row = static_cast<std::uint64_t>(before);
  }
}

/// The row whose actor acts again in this one, or a negative number.
std::int64_t Everyday::followed_up(std::uint64_t row, const Moment& moment) const {
  if (draws_.uniform(Purpose::origin, row) >= habits_.follow_ups()) return -1;
  return row_before(row, moment, habits_.gap_mu, habits_.gap_sigma);
}

/// The row that this one answers, or a negative number.
std::int64_t Everyday::answered(std::uint64_t row, const Moment& moment) const {
  const double origin = draws_.uniform(Purpose::origin, row);
  if (origin < habits_.follow_ups() || origin >= habits_.follow_ups() + habits_.answers) return -1;
  const double rate = draws_.uniform(Purpose::answer, row) * habits_.answers;
  if (rate >= kMostAnswers) return -1;  // whatever the kind: most tries need not be looked into
  const std::int64_t before = row_before(row, moment, kDelayMu, kDelaySigma);
  return before >= 0 && rate < answers_to(kind(static_cast<std::uint64_t>(before))) ? before : -1;
}

/// A row some time before this one, or a negative number for a time before the world.
std::int64_t Everyday::row_before(std::uint64_t row, const Moment& moment, double mu, double sigma) const {
  const double then =
      static_cast<double>(timetable_.time_of(moment)) - draws_.log_normal(Purpose::lag, row, mu, sigma);
  return std::min(timetable_.row_at(then), static_cast<std::int64_t>(row) - 1);
}

/// A shock concerns a community: half of its rows are on the one person it happens to.
Deed Everyday::of_shock(std::uint64_t row, std::uint64_t shock) const {
  const auto& [home, person] = shocks_[shock];
  const double who = draws_.uniform(Purpose::target, row);
  const PersonNumber target =
      who < kShockOnOne ? person : communities_.popular_member(home, (who - kShockOnOne) / (1.0 - kShockOnOne));
  const bool inside = draws_.uniform(Purpose::inside, row) < kInside;
  const PersonNumber actor =
      inside ? communities_.member(home, draws_.uniform(Purpose::community, row)) : active_person(row);
  return {actor == target ? communities_.next_member(target) : actor, target, fresh_kind(row)};
}

PersonNumber Everyday::active_person(std::uint64_t row) const {
  return by_activity_(activity_(draws_.uniform(Purpose::actor, row)));
}

/// Somebody popular: of the actor's community mostly, else of any, the larger the likelier.
PersonNumber Everyday::target_for(std::uint64_t row, PersonNumber actor) const {
  const bool inside = draws_.uniform(Purpose::inside, row) < kInside;
  const double anybody = draws_.uniform(Purpose::community, row) * static_cast<double>(people_);
  const std::uint64_t community = communities_.community_of(inside ? actor : static_cast<PersonNumber>(anybody));
  const PersonNumber target = communities_.popular_member(community, draws_.uniform(Purpose::target, row));
  return target == actor ? communities_.next_member(target) : target;
}

Kind Everyday::fresh_kind(std::uint64_t row) const {
  const double u = draws_.uniform(Purpose::kind, row);
  if (u < kLikes) return Kind::like;
  const double v = (u - kLikes) / (1.0 - kLikes);
  if (v < kReposts) return Kind::repost;
  return v < kReposts + kMentions ? Kind::mention : Kind::reply;
}

std::int64_t post_time(const Draws& draws, std::uint64_t index, std::int64_t time) {
  // Posts stand on a grid that is an eighth of the delay or finer: the delay stays what was drawn, to an eighth, and
  // people who react late to the same person meet on the same posts.
  const double delay = draws.log_normal(Purpose::delay, index, kDelayMu, kDelaySigma);
  const auto seconds = std::min(std::max<std::int64_t>(1, static_cast<std::int64_t>(std::min(delay, 1e12))), time);
  const std::uint64_t grid = std::bit_floor(std::max<std::uint64_t>(8, static_cast<std::uint64_t>(seconds))) / 8;
  return static_cast<std::int64_t>(static_cast<std::uint64_t>(time - seconds) & ~(grid - 1));
}

}  // namespace renown::generate
