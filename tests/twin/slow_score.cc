#include "twin/slow_score.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <numeric>
#include <tuple>

#include <fmt/format.h>

namespace renown::twin {
namespace {

using Acts = std::vector<Row>;                               ///< of one engager on one target, by time
using ByPerson = std::map<Person, std::map<Person, Acts>>;   ///< target -> engager -> acts
using Weights = std::map<Person, std::map<Person, double>>;  ///< target -> engager -> w

double age_days(const Row& act, const World& world) {
  return static_cast<double>(world.as_of - act.time) / static_cast<double>(kSecondsPerDay);
}

/// Over all kinds and networks of the two persons.
ByPerson join_persons(const Acts& acts, const World& world) {
  ByPerson result;
  for (const Row& act : acts) {
    result[person_of(world, act.target_account())][person_of(world, act.actor_account())].push_back(act);
  }
  return result;
}

/// An engager-person is verified if any of their accounts is on the list.
std::set<Person> verified_persons(const World& world) {
  std::set<Person> result;
  if (!world.verified) return result;
  for (const Account& account : *world.verified) result.insert(person_of(world, account));
  return result;
}

/// age = time since i's *latest* act on j.
double latest_age_days(const Acts& acts, const World& world) {
  return age_days(acts.back(), world);
}

/// span = latest act minus the first act in the whole log.
double span_days(const Acts& acts) {
  return static_cast<double>(acts.back().time - acts.front().time) / static_cast<double>(kSecondsPerDay);
}

/// a_n * w_kind of one act.
double act_weight(const Row& act, const Constants& constants) {
  const auto kind = constants.kind_weights.find(act.kind);
  const auto network = constants.network_weights.find(act.network);
  const double kind_weight = kind == constants.kind_weights.end() ? 1 : kind->second;
  const double network_weight = network == constants.network_weights.end() ? 1 : network->second;
  return network_weight * kind_weight;
}

/// max(a_n * w_kind), the maximum over the acts inside the window.
double strongest_act(const Acts& acts, const World& world) {
  double strongest = 0;
  for (const Row& act : acts) {
    if (age_days(act, world) < world.constants.window_days) {
      strongest = std::max(strongest, act_weight(act, world.constants));
    }
  }
  return strongest;
}

/// w_ij = max(a_n * w_kind) * [ b1 f(age, h_fast) + b2 (span > loyal_span) f(age, h_loyal) + b3 f(age, h_slow) ]
/// (0 < age < W, else w = 0)
double pair_weight(const Acts& acts, const World& world) {
  const Constants& c = world.constants;
  if (acts.empty()) return 0;
  const double age = latest_age_days(acts, world);
  if (!(0 < age && age < c.window_days)) return 0;
  const double loyal = span_days(acts) > c.loyal_span_days ? 1 : 0;
  return strongest_act(acts, world) * (c.fast_share * fading(age, c.fast_half_life_days, c) +
                                       c.loyal_share * loyal * fading(age, c.loyal_half_life_days, c) +
                                       c.slow_share * fading(age, c.slow_half_life_days, c));
}

Weights pair_weights(const ByPerson& received, const World& world) {
  Weights weights;
  for (const auto& [target, engagers] : received) {
    for (const auto& [engager, acts] : engagers) weights[target][engager] = pair_weight(acts, world);
  }
  return weights;
}

/// repost and quote acts alone.
Acts spreading_acts(const Acts& acts) {
  Acts result;
  for (const Row& act : acts) {
    if (act.kind == Kind::repost || act.kind == Kind::quote) result.push_back(act);
  }
  return result;
}

/// V_i of round one (m = 1), without what `but_not` gave i: the sum of w over i's other verified engagers.
double vouched_in_round_one(const Person& i, const Person& but_not, const Weights& weights,
                            const std::set<Person>& verified) {
  const auto engagers = weights.find(i);
  if (engagers == weights.end()) return 0;
  double sum = 0;
  for (const auto& [engager, weight] : engagers->second) {
    if (engager != but_not && verified.contains(engager)) sum += weight;
  }
  return sum;
}

/// m_ij = 1 + mu * standing_i(-j); standing: i's vouched points P(V_i) / 100 of round one, without what j gave i.
double standing_factor(const Person& i, const Person& j, const Weights& weights, const std::set<Person>& verified,
                       const World& world) {
  const double standing = points(vouched_in_round_one(i, j, weights, verified), world.constants) / 100;
  return 1 + world.constants.standing_weight * standing;
}

/// One engager of one target, inside the window.
struct Engager {
  Person person;
  bool verified = false;
  double weight = 0;            ///< w
  double spreading_weight = 0;  ///< w from repost and quote acts alone
  double factor = 1;            ///< m, for verified engagers
  std::size_t group = 0;        ///< of the interval
  Row latest;                   ///< equal seconds: the first by kind order, network, post, id
};

/// Equal seconds: the first by kind order, network, post, id, then actor and target account.
Row latest_act(const Acts& acts) {
  Row latest = acts.front();
  for (const Row& act : acts) {
    if (act.time > latest.time || (act.time == latest.time && before_in_time(act, latest))) latest = act;
  }
  return latest;
}

/// hash(engager-person) mod 10
std::size_t interval_group(const Person& person, const World& world) {
  const std::string key =
      person.name.empty() ? person.account.network + "\n" + person.account.account : "person\n" + person.name;
  return world.hash(key) % world.constants.interval_groups;
}

/// reach = distinct engagers in the window (undecayed): exactly these have a weight above 0.
std::vector<Engager> engagers_in_window(const Person& target, const std::map<Person, Acts>& engagers,
                                        const Weights& weights, const std::set<Person>& verified, const World& world) {
  std::vector<Engager> result;
  for (const auto& [person, acts] : engagers) {
    const double weight = weights.at(target).at(person);
    if (weight == 0) continue;
    Engager engager;
    engager.person = person;
    engager.verified = verified.contains(person);
    engager.weight = weight;
    engager.spreading_weight = pair_weight(spreading_acts(acts), world);
    if (engager.verified) engager.factor = standing_factor(person, target, weights, verified, world);
    engager.group = interval_group(person, world);
    engager.latest = latest_act(acts);
    result.push_back(engager);
  }
  return result;
}

/// What a target received: V and U.
struct Attention {
  double vouched = 0;    ///< V_j = sum over verified i of m_ij w_ij
  double unvouched = 0;  ///< U_j = sum over all other i of w_ij
};

Attention attention(const std::vector<Engager>& engagers) {
  Attention result;
  for (const Engager& i : engagers) {
    if (i.verified) {
      result.vouched += i.factor * i.weight;
    } else {
      result.unvouched += i.weight;
    }
  }
  return result;
}

Attention spreading_attention(std::vector<Engager> engagers) {
  for (Engager& i : engagers) i.weight = i.spreading_weight;
  return attention(engagers);
}

/// 10/9 of V and U without group g, m held.
Attention attention_without_group(const std::vector<Engager>& engagers, std::size_t group, const World& world) {
  std::vector<Engager> others;
  for (const Engager& i : engagers) {
    if (i.group != group) others.push_back(i);
  }
  const auto groups = static_cast<double>(world.constants.interval_groups);
  const Attention rest = attention(others);
  return {rest.vouched * groups / (groups - 1), rest.unvouched * groups / (groups - 1)};
}

/// C_j = c0 + kappa V_j, kappa = 1 / rho, c0 = kappa / 10
double room(double vouched, const World& world) {
  const double kappa = 1 / world.constants.verified_share;
  const double c0 = kappa / 10;
  return c0 + kappa * vouched;
}

/// S_j = V_j + C_j (1 - exp(-U_j / C_j)); without any verified list: S_j = U_j, marked "unprotected"
double raw_score(const Attention& given, const World& world) {
  if (!world.verified) return given.unvouched;
  const double c = room(given.vouched, world);
  return given.vouched + c * -std::expm1(-given.unvouched / c);
}

/// Any other engager counts w * C (1 - e^(-U/C)) / U, which is 1 at U = 0. This is what w is multiplied with.
double unvouched_rate(const Attention& given, const World& world) {
  if (!world.verified || given.unvouched == 0) return 1;
  const double c = room(given.vouched, world);
  return c * -std::expm1(-given.unvouched / c) / given.unvouched;
}

/// Clamped to 1..100.
double clamped(double score) {
  return std::clamp(score, 1.0, 100.0);
}

/// se = sqrt(0.9 * sum (P_g - mean)^2): half the interval is 2.26 se.
double interval_half_width(const std::vector<Engager>& engagers, const World& world) {
  const std::size_t groups = world.constants.interval_groups;
  std::vector<double> points_without;
  for (std::size_t group = 0; group < groups; ++group) {
    points_without.push_back(
        points(raw_score(attention_without_group(engagers, group, world), world), world.constants));
  }
  const auto count = static_cast<double>(groups);
  const double mean = std::accumulate(points_without.begin(), points_without.end(), 0.0) / count;
  double squares = 0;
  for (const double p : points_without) squares += (p - mean) * (p - mean);
  const double standard_error = std::sqrt((count - 1) / count * squares);
  return world.constants.interval_errors * standard_error;
}

/// The numbers that all accounts of a person share; `account` is left empty.
Card card_of(const std::vector<Engager>& engagers, std::size_t interactions, const World& world) {
  const Constants& c = world.constants;
  const Attention given = attention(engagers);

  Card card;
  card.raw = raw_score(given, world);
  card.reach = engagers.size();
  card.amplification = raw_score(spreading_attention(engagers), world);
  card.interactions = interactions;
  card.coverage = std::min(1.0, static_cast<double>(card.reach) / static_cast<double>(c.enough_engagers));
  if (world.verified) {
    card.vouched_raw = given.vouched;
    card.bound_raw = given.vouched + room(given.vouched, world);
  }
  // Coverage: fewer than 3 distinct engager-persons in the window = not enough data.
  if (card.reach < c.enough_engagers) return card;

  card.score = points(card.raw, c);
  if (world.verified) {
    card.vouched_score = points(*card.vouched_raw, c);
    card.bound_score = points(*card.bound_raw, c);
  }
  const double half_width = interval_half_width(engagers, world);
  card.score_low = clamped(*card.score - half_width);
  card.score_high = clamped(*card.score + half_width);
  return card;
}

std::string day_of(std::int64_t time) {
  using namespace std::chrono;
  const year_month_day date{floor<days>(sys_seconds{seconds{time}})};
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                     static_cast<unsigned>(date.day()));
}

/// A verified engager counts m w, any other counts w * C (1 - e^(-U/C)) / U: sums exactly.
LedgerRow ledger_row(const Engager& engager, const Person& target, double rate, const World& world) {
  LedgerRow row;
  row.account = engager.latest.target_account();
  row.person = target.name;
  row.actor = engager.latest.actor_account();
  row.post = engager.latest.post;
  row.kind = engager.latest.kind;
  row.day = day_of(engager.latest.time);
  row.tags = engager.latest.tags;
  row.verified = engager.verified;
  row.contribution = engager.verified ? engager.factor * engager.weight : engager.weight * rate;
  if (world.verified) row.vouched_contribution = engager.verified ? row.contribution : 0;
  return row;
}

/// The accounts of a target that received at least one kept act.
std::set<Account> accounts_reached(const std::map<Person, Acts>& engagers) {
  std::set<Account> result;
  for (const auto& [person, acts] : engagers) {
    for (const Row& act : acts) result.insert(act.target_account());
  }
  return result;
}

std::size_t count_acts(const std::map<Person, Acts>& engagers) {
  std::size_t count = 0;
  for (const auto& [person, acts] : engagers) count += acts.size();
  return count;
}

}  // namespace

double fading(double age_days, double half_life_days, const Constants& constants) {
  const double at_edge = std::exp2(-constants.window_days / half_life_days);
  return (std::exp2(-age_days / half_life_days) - at_edge) / (1 - at_edge);
}

double points(double attention, const Constants& constants) {
  const double top = std::log1p(constants.scale_top / constants.scale_start);
  return clamped(1 + 99 * std::log1p(attention / constants.scale_start) / top);
}

Scores slow_score(const World& world) {
  const KeptActs kept = kept_acts(world);
  const ByPerson received = join_persons(kept.acts, world);
  const Weights weights = pair_weights(received, world);
  const std::set<Person> verified = verified_persons(world);

  Scores scores;
  scores.dropped = kept.dropped;
  scores.kept = kept.acts.size();
  for (const auto& [target, engagers] : received) {
    const std::vector<Engager> in_window = engagers_in_window(target, engagers, weights, verified, world);
    Card card = card_of(in_window, count_acts(engagers), world);
    card.person = target.name;
    for (const Account& account : accounts_reached(engagers)) {
      card.account = account;
      scores.cards.push_back(card);
    }
    const double rate = unvouched_rate(attention(in_window), world);
    for (const Engager& engager : in_window) scores.ledger.push_back(ledger_row(engager, target, rate, world));
  }
  std::sort(scores.cards.begin(), scores.cards.end(),
            [](const Card& a, const Card& b) { return a.raw != b.raw ? a.raw > b.raw : a.account < b.account; });
  std::sort(scores.ledger.begin(), scores.ledger.end(), [](const LedgerRow& a, const LedgerRow& b) {
    return std::tie(a.account, a.actor) < std::tie(b.account, b.actor);
  });
  return scores;
}

}  // namespace renown::twin
