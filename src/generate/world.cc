#include "generate/world.h"

#include <algorithm>
#include <bit>
#include <numeric>

#include <fmt/format.h>

#include "base/time.h"

namespace renown::generate {
namespace {

constexpr std::uint64_t kMostPeople = 0xffffffff;  // so that products of two numbers of people fit into 64 bits
constexpr std::uint64_t kMostDays = 36'500;
constexpr std::uint64_t kMostRows = 1'000'000'000'000;

// Sent rows: rank^-s makes a distribution k^-(1 + 1/s); those who act again (kSameActor) lengthen its tail.
constexpr double kActivity = 0.62;
constexpr double kActivityShift = 3.0;

// Of the rows that are not due to a shock.
constexpr double kSamePair = 0.085;  // again on the same person: about 1.2 rows a pair
constexpr double kSameActor = 0.30;  // again, on another person
constexpr double kAnswers = 0.14;    // tries to answer an earlier row; most give up, by its kind
constexpr double kInside = 0.83;     // on somebody of the same community

// ln of the seconds since the act that is followed up. Together with people who are drawn anew, ln of the seconds
// between two acts of one actor comes to a mean of 7.7 and a deviation of 3.5; the Higgs week has 7.66 and 3.03.
constexpr double kGapMu = 4.90, kGapSigma = 2.40;
// ln of the seconds from a post to a reaction: Twitter sample of Klout's user_timestamp data set.
constexpr double kDelayMu = 7.93, kDelaySigma = 2.17;

constexpr double kShockOnOne = 0.5;                  // a choice
constexpr double kLikes = 0.25;                      // of all rows; a choice
constexpr double kReposts = 0.68, kMentions = 0.25;  // of all others; the rest are replies

/// How many tries to answer a row of that kind succeed. Set so that reciprocity comes to that of the Higgs week: 0.5 %
/// of reposting pairs, 7 % of mentioning, 16 % of replying ones.
double answer_rate(Kind kind) {
  switch (kind) {
    case Kind::repost:
      return 0.0015 / kAnswers;
    case Kind::mention:
      return 0.042 / kAnswers;
    case Kind::reply:
      return 0.112 / kAnswers;
    default:
      return 0.02 / kAnswers;  // likes: a choice
  }
}

Error out_of_bounds(std::string_view what, std::uint64_t least, std::uint64_t most) {
  return {ErrorCode::usage, fmt::format("a world needs {} to {} {}", least, most, what)};
}

}  // namespace

Shuffle::Shuffle(std::uint64_t count, std::uint64_t random)
    : count_(count), factor_(random % count | 1), offset_((random >> 32) % count) {
  while (std::gcd(factor_, count_) != 1) ++factor_;
}

Result<World> World::create(const WorldOptions& options) {
  if (options.people < 2 || options.people > kMostPeople) return out_of_bounds("people", 2, kMostPeople);
  if (options.days < 1 || options.days > kMostDays) return out_of_bounds("days", 1, kMostDays);
  if (options.rows < 1 || options.rows > kMostRows) return out_of_bounds("events", 1, kMostRows);
  const std::int64_t seconds = static_cast<std::int64_t>(options.days) * base::kSecondsPerDay;
  if (options.start < 0 || options.start > base::kMaxTime - seconds)
    return Error{ErrorCode::usage, "a world must begin in 1970 or later and end before the year 10000"};
  return World(options);
}

World::World(const WorldOptions& options)
    : options_(options),
      draws_(options.seed),
      timetable_(draws_, options.start, options.days, options.rows, options.stationary),
      communities_(options.people),
      activity_(options.people, kActivityShift, kActivity),
      by_activity_(options.people, draws_.bits(Purpose::actor, ~std::uint64_t{0})),
      name_numbers_(options.people, draws_.bits(Purpose::target, ~std::uint64_t{0})) {}

std::string World::name(PersonNumber person) const {
  return fmt::format("u{}", name_numbers_(person));
}

std::int64_t World::time(std::uint64_t row) const {
  return timetable_.time_of(timetable_.moment_of_row(row));
}

std::int64_t World::post_time(std::uint64_t row) const {
  return post_time_at(row, time(row));
}

std::int64_t World::post_time_at(std::uint64_t row, std::int64_t time) const {
  // Posts stand on a grid that is an eighth of the delay or finer: the delay stays what was drawn, to an eighth, and
  // people who react late to the same person meet on the same posts.
  const double delay = draws_.log_normal(Purpose::delay, row, kDelayMu, kDelaySigma);
  const auto seconds = std::min(std::max<std::int64_t>(1, static_cast<std::int64_t>(std::min(delay, 1e12))), time);
  const auto grid =
      static_cast<std::int64_t>(std::bit_floor(std::max<std::uint64_t>(8, static_cast<std::uint64_t>(seconds))) / 8);
  return (time - seconds) / grid * grid;
}

/// A row some time before this one, or a negative number for a time before the world.
std::int64_t World::row_before(std::uint64_t row, std::int64_t time, double mu, double sigma) const {
  const double then = static_cast<double>(time) - draws_.log_normal(Purpose::lag, row, mu, sigma);
  return std::min(timetable_.row_at(then), static_cast<std::int64_t>(row) - 1);
}

PersonNumber World::active_person(std::uint64_t row) const {
  return by_activity_(activity_(draws_.uniform(Purpose::actor, row)));
}

/// Of the home community mostly, else of any, the larger the likelier.
PersonNumber World::popular_person(std::uint64_t row, std::uint64_t home) const {
  const double anybody = draws_.uniform(Purpose::community, row) * static_cast<double>(options_.people);
  const bool inside = draws_.uniform(Purpose::inside, row) < kInside;
  const std::uint64_t community = inside ? home : communities_.community_of(static_cast<PersonNumber>(anybody));
  return communities_.popular_member(community, draws_.uniform(Purpose::target, row));
}

PersonNumber World::target_for(std::uint64_t row, PersonNumber actor) const {
  const PersonNumber target = popular_person(row, communities_.community_of(actor));
  return target == actor ? communities_.next_member(target) : target;
}

Kind World::kind_of(std::uint64_t row) const {
  const double u = draws_.uniform(Purpose::kind, row);
  if (u < kLikes) return Kind::like;
  const double v = (u - kLikes) / (1.0 - kLikes);
  if (v < kReposts) return Kind::repost;
  return v < kReposts + kMentions ? Kind::mention : Kind::reply;
}

/// A shock concerns a community: half of its rows are on the one person it happens to.
Deed World::of_shock(std::uint64_t row, std::uint64_t shock) const {
  const auto of_number = [&](std::uint64_t draw) { return draws_.uniform(Purpose::shock_person, 2 * shock + draw); };
  const auto anybody = static_cast<PersonNumber>(of_number(0) * static_cast<double>(options_.people));
  const std::uint64_t home = communities_.community_of(anybody);
  const double who = draws_.uniform(Purpose::target, row);
  const PersonNumber target =
      communities_.popular_member(home, who < kShockOnOne ? of_number(1) : (who - kShockOnOne) / (1.0 - kShockOnOne));
  const bool inside = draws_.uniform(Purpose::inside, row) < kInside;
  const PersonNumber actor =
      inside ? communities_.member(home, draws_.uniform(Purpose::community, row)) : active_person(row);
  return {actor == target ? communities_.next_member(target) : actor, target, kind_of(row)};
}

Deed World::deed(std::uint64_t row) const {
  return deed_at(row, timetable_.moment_of_row(row));
}

Deed World::deed_at(std::uint64_t row, const Timetable::Moment& moment) const {
  const std::uint64_t source =
      options_.stationary ? Timetable::kEveryday : timetable_.source_at(moment, draws_.uniform(Purpose::source, row));
  if (source != Timetable::kEveryday) return of_shock(row, source);

  const double origin = draws_.uniform(Purpose::origin, row);
  if (origin < kSamePair + kSameActor) {
    const std::int64_t before = row_before(row, timetable_.time_of(moment), kGapMu, kGapSigma);
    if (before >= 0) {
      const Deed earlier = deed(static_cast<std::uint64_t>(before));
      const PersonNumber target = origin < kSamePair ? earlier.target : target_for(row, earlier.actor);
      return {earlier.actor, target, kind_of(row)};
    }
  } else if (origin < kSamePair + kSameActor + kAnswers) {
    const std::int64_t before = row_before(row, timetable_.time_of(moment), kDelayMu, kDelaySigma);
    if (before >= 0) {
      const Deed earlier = deed(static_cast<std::uint64_t>(before));
      if (draws_.uniform(Purpose::answer, row) < answer_rate(earlier.kind))
        return {earlier.target, earlier.actor, earlier.kind};
    }
  }
  const PersonNumber actor = active_person(row);
  return {actor, target_for(row, actor), kind_of(row)};
}

void World::append(std::uint64_t begin, std::uint64_t end, model::InteractionBlock& block) const {
  fmt::memory_buffer actor, target, post;
  const auto text = [](const fmt::memory_buffer& buffer) { return std::string_view(buffer.data(), buffer.size()); };
  for (std::uint64_t row = begin; row < end; ++row) {
    const Timetable::Moment moment = timetable_.moment_of_row(row);
    const std::int64_t time = timetable_.time_of(moment);
    const Deed act = deed_at(row, moment);
    for (fmt::memory_buffer* buffer : {&actor, &target, &post}) buffer->clear();
    fmt::format_to(std::back_inserter(actor), "u{}", name_numbers_(act.actor));
    fmt::format_to(std::back_inserter(target), "u{}", name_numbers_(act.target));
    fmt::format_to(std::back_inserter(post), "{}-{}", text(target), post_time_at(row, time));
    block.push({.time = time,
                .kind = act.kind,
                .network = kNetwork,
                .actor = text(actor),
                .target = text(target),
                .post = text(post),
                .id = "",
                .tags = ""});
  }
}

}  // namespace renown::generate
