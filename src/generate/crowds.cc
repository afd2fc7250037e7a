#include "generate/crowds.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include <fmt/format.h>

#include "generate/shuffle.h"
#include "generate/timetable.h"

namespace renown::generate {
namespace {

// All of this is a choice: crowds like those that docs/scoring/farms.md and docs/scoring/attacks.md are about.
constexpr double kFewestInFarm = 20.0, kMostInFarm = 200.0;
constexpr std::uint64_t kFewestCustomers = 6, kMostCustomers = 30;
constexpr std::uint64_t kFewestServings = 3, kMostServings = 6;  // of each customer, at times of their own
constexpr double kServe = 0.9;                                   // of a farm's accounts, each time
constexpr double kCover = 0.5;      // acts on others, as a share of the customers, by each account
constexpr double kFarmLikes = 0.7;  // the rest are reposts
constexpr std::uint64_t kFewestInPod = 10, kMostInPod = 30;
constexpr double kPodPostsADay = 0.3;  // of each member
constexpr std::uint64_t kPodBins = 6;  // an hour, in which the others react
constexpr double kPodJoins = 0.8;      // of the others
constexpr double kPodLikes = 0.7;      // the rest are replies
constexpr double kFewestBotActsADay = 30.0, kMostBotActsADay = 300.0;
constexpr std::uint64_t kBotBinsADay = 16;          // it acts in
constexpr double kBotSeconds = 60.0;                // in which it reacts
constexpr std::uint32_t kCoverMark = 0x80000000;    // in Errand::about
constexpr std::uint64_t kMostErrands = 20'000'000;  // 720 MB

constexpr std::uint64_t kBinsADay = 24 * Timetable::kBinsAnHour;

std::uint64_t share_of(double share, std::uint64_t count) {
  return std::max<std::uint64_t>(1, static_cast<std::uint64_t>(std::llround(share * static_cast<double>(count))));
}

}  // namespace

std::string_view role_name(Role role) {
  constexpr std::array<std::string_view, 3> kNames = {"farm", "pod", "bot"};
  return kNames[static_cast<std::size_t>(role)];
}

Result<Crowds> Crowds::create(const Draws& draws, const CrowdCounts& counts, std::uint64_t people, std::uint64_t bins,
                              std::uint64_t most_rows) {
  Crowds crowds(draws);
  if (counts.farms + counts.pods + counts.bots == 0) return crowds;
  if (auto planned = crowds.plan(counts, people, bins, most_rows); !planned) return planned.error();
  return crowds;
}

Error Crowds::too_many(const std::string& what) {
  return {ErrorCode::usage, fmt::format("the farms, pods and bots asked for take {}: ask for more events, or for fewer "
                                        "of them or fewer days",
                                        what)};
}

Result<void> Crowds::plan(const CrowdCounts& counts, std::uint64_t people, std::uint64_t bins,
                          std::uint64_t most_rows) {
  if (counts.farms > 0 && people < kMostCustomers)
    return Error{ErrorCode::usage, fmt::format("farms need at least {} people: their customers", kMostCustomers)};
  people_ = people;
  for (const auto& [role, count] :
       {std::pair{Role::farm, counts.farms}, {Role::pod, counts.pods}, {Role::bot, counts.bots}}) {
    for (std::uint64_t i = 0; i < count; ++i) {
      crowds_.push_back({.role = role, .first = people + accounts_, .customers = {}});
      if (role == Role::farm) plan_farm(people, bins);
      if (role == Role::pod) plan_pod(bins);
      if (role == Role::bot) plan_bot(bins);
      accounts_ += crowds_.back().size;
      if (planned_rows_ > most_rows) return too_many(fmt::format("more than {} events, half of all", most_rows));
      if (errands_.size() > kMostErrands) return too_many(fmt::format("more than {} errands", kMostErrands));
    }
  }
  put_in_order(bins);
  return {};
}

double Crowds::next_draw() {
  return draws_.uniform(Purpose::crowd, drawn_++);
}

std::uint64_t Crowds::between(std::uint64_t least, std::uint64_t most) {
  return least + static_cast<std::uint64_t>(next_draw() * static_cast<double>(most - least + 1));
}

void Crowds::send(Errand errand) {
  if (errand.rows == 0) return;
  errand.crowd = static_cast<std::uint32_t>(crowds_.size() - 1);
  errands_.push_back(errand);
  planned_rows_ += errand.rows;
}

/// Rows about a post of their own.
void Crowds::send(std::uint64_t bin, std::uint64_t about, std::uint64_t rows) {
  const auto number = static_cast<std::uint32_t>(bin);
  send({.bin = number,
        .about = static_cast<std::uint32_t>(about),
        .rows = static_cast<std::uint32_t>(rows),
        .post = static_cast<std::uint32_t>(errands_.size()),
        .posted = number});
}

/// Each customer is served several times, each time within one bin by nearly all accounts, who now and then engage with
/// somebody else.
void Crowds::plan_farm(std::uint64_t people, std::uint64_t bins) {
  Crowd& farm = crowds_.back();
  farm.size = static_cast<std::uint32_t>(std::lround(kFewestInFarm * power(kMostInFarm / kFewestInFarm, next_draw())));
  const std::uint64_t customers = between(kFewestCustomers, kMostCustomers);
  while (farm.customers.size() < customers) {
    const PersonNumber customer = between(0, people - 1);
    if (std::ranges::find(farm.customers, customer) == farm.customers.end()) farm.customers.push_back(customer);
  }
  std::ranges::sort(farm.customers);
  for (std::uint64_t customer = 0; customer < customers; ++customer) {
    for (std::uint64_t servings = between(kFewestServings, kMostServings); servings > 0; --servings)
      send(between(0, bins - 1), customer, share_of(kServe, farm.size));
  }
  const std::uint64_t covers = share_of(kCover, customers);
  for (std::uint64_t account = 0; account < farm.size; ++account) {
    for (std::uint64_t i = 0; i < covers; ++i) send(between(0, bins - 1), kCoverMark + account, 1);
  }
}

/// Each member posts about once a day; most others react within the hour.
void Crowds::plan_pod(std::uint64_t bins) {
  Crowd& pod = crowds_.back();
  pod.size = static_cast<std::uint32_t>(between(kFewestInPod, kMostInPod));
  const double days = static_cast<double>(bins) / static_cast<double>(kBinsADay);
  const std::uint64_t posts = share_of(kPodPostsADay * days, pod.size);
  for (std::uint64_t i = 0; i < posts; ++i) {
    const std::uint64_t author = between(0, pod.size - 1), begin = between(0, bins - 1), post = errands_.size();
    const std::uint64_t reactions = share_of(kPodJoins, pod.size - 1);
    const std::uint64_t end = std::min(bins, begin + kPodBins);
    for (std::uint64_t bin = begin; bin < end; ++bin) {
      const std::uint64_t first = reactions * (bin - begin) / (end - begin);
      send({.bin = static_cast<std::uint32_t>(bin),
            .about = static_cast<std::uint32_t>(author),
            .first = static_cast<std::uint32_t>(first),
            .rows = static_cast<std::uint32_t>(reactions * (bin - begin + 1) / (end - begin) - first),
            .post = static_cast<std::uint32_t>(post),
            .posted = static_cast<std::uint32_t>(begin)});
    }
  }
}

/// In many bins of each day it acts on strangers by the dozen.
void Crowds::plan_bot(std::uint64_t bins) {
  const double acts_a_day = kFewestBotActsADay * power(kMostBotActsADay / kFewestBotActsADay, next_draw());
  const double days = static_cast<double>(bins) / static_cast<double>(kBinsADay);
  const double acts_a_bin = acts_a_day / static_cast<double>(kBotBinsADay);
  for (std::uint64_t left = share_of(days, kBotBinsADay); left > 0; --left)
    send(between(0, bins - 1), 0, 1 + static_cast<std::uint64_t>(acts_a_bin * 2.0 * next_draw()));
}

void Crowds::put_in_order(std::uint64_t bins) {
  std::ranges::stable_sort(errands_, {}, &Errand::bin);
  before_.assign(bins + 1, 0);
  std::uint64_t rows = 0;
  for (const Errand& errand : errands_) {
    errand_before_.push_back(rows);
    rows += errand.rows;
    before_[errand.bin + 1] = rows;
  }
  for (std::uint64_t bin = 0; bin < bins; ++bin) before_[bin + 1] = std::max(before_[bin + 1], before_[bin]);
}

Act Crowds::act(std::uint64_t row, std::int64_t time, const Everyday& everyday) const {
  // Rows of a bin come in mixed order: all errands of a bin go on at once.
  const auto bin = std::ranges::upper_bound(before_, row) - 1;
  const std::uint64_t begin = *bin, in_bin = *(bin + 1) - begin;
  const std::uint64_t mixed = begin + Shuffle(in_bin, draws_.bits(Purpose::crowd_order, begin))(row - begin);
  const auto before = std::ranges::upper_bound(errand_before_, mixed) - 1;
  const Errand& errand = errands_[static_cast<std::size_t>(before - errand_before_.begin())];
  return {deed(errand, mixed, mixed - *before + errand.first, everyday.communities()), time,
          post_time_of(errand, mixed, time, everyday.timetable())};
}

/// Number `number` of `count` members in the errand's own order: so nobody comes twice.
PersonNumber Crowds::of_errand(const Errand& errand, std::uint64_t count, std::uint64_t number) const {
  return Shuffle(count, draws_.bits(Purpose::crowd_member, errand.post))(number);
}

Deed Crowds::deed(const Errand& errand, std::uint64_t row, std::uint64_t number, const Communities& communities) const {
  constexpr std::array<Kind, 3> kBotKinds = {Kind::reply, Kind::quote, Kind::like};
  const Crowd& crowd = crowds_[errand.crowd];
  const double u = draws_.uniform(Purpose::crowd_kind, row);
  const auto anybody =
      static_cast<PersonNumber>(draws_.uniform(Purpose::crowd_target, row) * static_cast<double>(people_));
  if (crowd.role == Role::bot) return {crowd.first, anybody, kBotKinds[crowd.first % kBotKinds.size()]};
  if (crowd.role == Role::pod) {
    const std::uint64_t other = of_errand(errand, crowd.size - 1, number);  // of those who are not the author
    const PersonNumber actor = crowd.first + other + (other >= errand.about ? 1 : 0);
    return {actor, crowd.first + errand.about, u < kPodLikes ? Kind::like : Kind::reply};
  }
  const Kind kind = u < kFarmLikes ? Kind::like : Kind::repost;
  if (errand.about < kCoverMark)
    return {crowd.first + of_errand(errand, crowd.size, number), crowd.customers[errand.about], kind};
  const double who = draws_.uniform(Purpose::crowd_member, row);
  return {crowd.first + errand.about - kCoverMark, communities.popular_member(communities.community_of(anybody), who),
          kind};
}

std::int64_t Crowds::post_time_of(const Errand& errand, std::uint64_t row, std::int64_t time,
                                  const Timetable& timetable) const {
  const std::int64_t posted = timetable.bin_begin(errand.posted);
  const double u = draws_.uniform(Purpose::crowd_time, row);
  switch (crowds_[errand.crowd].role) {
    case Role::bot:
      return std::max<std::int64_t>(0, time - 2 - static_cast<std::int64_t>(u * kBotSeconds));
    case Role::pod:
      return std::max<std::int64_t>(0, posted - 1);
    default:
      return post_time(draws_, ~std::uint64_t{errand.post}, posted);
  }
}

}  // namespace renown::generate
