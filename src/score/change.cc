#include "score/change.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <utility>

#include "score/explain.h"

namespace renown::score {
namespace {

using aggregate::Pair;

/// What one engager was to a target in one run.
struct Side {
  const Pair* pair = nullptr;
  double engagement = 0.0;  ///< w
  double standing = 1.0;    ///< m
  double factor = 1.0;      ///< what unverified engagement counts
  bool verified = false;
  double contribution = 0.0;
};

Side side_of(const ScoreRun& run, PersonId target, const Pair& pair) {
  const std::size_t i = run.pair_index(pair);
  return {&pair,
          run.engagement[i],
          run.standing[i],
          run.unvouched_factor[target],
          run.verified[pair.engager],
          run.contribution(target, pair)};
}

Account account_of(const ScoreRun& run, AccountId id) {
  const aggregate::AccountName name = run.log.accounts[id];
  return {std::string(name.network), std::string(name.account)};
}

/// The engagers of one target in both runs, joined by the person they are in the later run.
struct Joined {
  std::vector<Side> before;  ///< several where earlier persons have been linked into one
  Side after;
};

class Comparison {
 public:
  Comparison(const ScoreRun& before, const ScoreRun& after, const Account& account)
      : before_(before), after_(after), account_(account), target_(*find_person(after, account)) {}

  Change compare() {
    change_.after = after_.cards[target_];
    const auto target_before = target_before_link();
    if (target_before) change_.before = before_.cards[*target_before];

    std::map<PersonId, Joined> engagers;
    for (const Pair& pair : after_.tally.of_target(target_))
      engagers[pair.engager].after = side_of(after_, target_, pair);
    if (target_before) {
      for (const Pair& pair : before_.tally.of_target(*target_before)) {
        // An earlier engager always is in the later log too, except where rows were taken out of it.
        const auto now = person_after(pair.engager);
        if (now) {
          engagers[*now].before.push_back(side_of(before_, *target_before, pair));
        } else {
          add(ChangeReason::withdrawn, 0, -before_.contribution(*target_before, pair));
        }
      }
    }
    for (const auto& [engager, joined] : engagers) compare_engager(engager, joined);
    std::ranges::stable_sort(change_.lines, std::ranges::greater{},
                             [](const ChangeLine& line) { return std::fabs(line.difference); });
    return std::move(change_);
  }

 private:
  std::optional<PersonId> person_after(PersonId person) const {
    return find_person(after_, account_of(before_, before_.log.people.first_account[person]));
  }

  /// The person that owned the account before; where it was not there yet, the one that owned another of its person's.
  std::optional<PersonId> target_before_link() const {
    if (const auto owner = find_person(before_, account_)) return owner;
    for (AccountId other = after_.log.people.first_account[target_]; other < after_.log.accounts.size(); ++other) {
      if (after_.log.people.person_of[other] != target_) continue;
      if (const auto owner = find_person(before_, account_of(after_, other))) return owner;
    }
    return std::nullopt;
  }

  void add(ChangeReason reason, AccountId actor, double difference) {
    if (difference == 0.0) return;
    change_.lines.push_back({reason, actor, difference});
    change_.by_reason[static_cast<std::size_t>(reason)] += difference;
    ++change_.engagers[static_cast<std::size_t>(reason)];
  }

  void compare_engager(PersonId engager, const Joined& joined) {
    const AccountId actor = after_.log.people.first_account[engager];
    if (joined.before.size() > 1) {  // persons have become one: the parts cannot be told apart
      double earlier = 0.0;
      for (const Side& side : joined.before) earlier += side.contribution;
      return add(ChangeReason::links, actor, joined.after.contribution - earlier);
    }
    const Side& now = joined.after;
    if (joined.before.empty()) return add(why_new(engager, now), actor, now.contribution);
    const Side& then = joined.before.front();
    if (!now.pair) return add(why_gone(engager), actor, -then.contribution);

    // Replaced one after the other: engagement, then being verified, then what a unit of engagement counts.
    const double unit_then = then.verified ? then.standing : then.factor;
    const double unit_now = now.verified ? now.standing : now.factor;
    add(why_moved(then, now), actor, (now.engagement - then.engagement) * unit_then);
    ChangeReason unit_reason = now.verified ? ChangeReason::standing : ChangeReason::room;
    if (now.verified != then.verified) unit_reason = now.verified ? ChangeReason::verified : ChangeReason::unverified;
    add(unit_reason, actor, now.engagement * (unit_now - unit_then));
  }

  ChangeReason why_moved(const Side& then, const Side& now) const {
    if (now.pair->all.latest > then.pair->all.latest) return ChangeReason::renewed;
    if (now.pair->all.latest < then.pair->all.latest || now.pair->all.first > then.pair->all.first)
      return ChangeReason::withdrawn;
    return ChangeReason::faded;
  }

  /// There is a pair now and there was none: mostly a first act; an older first act was hidden by links or a farm list.
  ChangeReason why_new(PersonId engager, const Side& now) const {
    if (now.pair->all.first >= before_.as_of) return ChangeReason::new_engager;
    const auto earlier = find_person(before_, account_of(after_, after_.log.people.first_account[engager]));
    const bool was_farm = earlier && farm_acts(before_, *earlier);
    return was_farm ? ChangeReason::farm : ChangeReason::links;
  }

  /// There was a pair and there is none now.
  ChangeReason why_gone(PersonId engager) const {
    if (engager == target_) return ChangeReason::links;
    return farm_acts(after_, engager) ? ChangeReason::farm : ChangeReason::withdrawn;
  }

  static bool farm_acts(const ScoreRun& run, PersonId person) { return !run.farm.empty() && run.farm[person]; }

  const ScoreRun& before_;
  const ScoreRun& after_;
  const Account& account_;
  PersonId target_;  ///< in the later run
  Change change_;
};

}  // namespace

double Change::total() const {
  double sum = 0.0;
  for (const double part : by_reason) sum += part;
  return sum;
}

Change compare_runs(const ScoreRun& before, const ScoreRun& after, const Account& account) {
  return Comparison(before, after, account).compare();
}

}  // namespace renown::score
