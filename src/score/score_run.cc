#include "score/score_run.h"

#include <algorithm>
#include <span>
#include <utility>

#include "base/parallel.h"
#include "score/card.h"
#include "score/engagement.h"
#include "score/interval.h"
#include "score/standing.h"

namespace renown::score {
namespace {

using aggregate::Pair;

constexpr std::size_t kTargetsAPiece = 2048;

/// The two passes, with what they share.
class Passes {
 public:
  Passes(ScoreRun& run, std::size_t threads)
      : run_(run), threads_(threads), weigh_(run.model, run.as_of), maker_(run.model, run.is_protected) {}

  void run() {
    weigh_pairs();
    if (run_.is_protected) round_one();
    round_two();
  }

 private:
  /// work(target, room), where `room` is one of a thread's own.
  template <class Work>
  void for_each_target(const Work& work) {
    base::parallel_for(run_.log.people.size(), threads_, kTargetsAPiece, [&](std::size_t begin, std::size_t end) {
      std::vector<Engager> room;
      for (std::size_t target = begin; target < end; ++target) work(static_cast<PersonId>(target), room);
    });
  }

  void weigh_pairs() {
    const auto& pairs = run_.tally.pairs;
    run_.engagement.resize(pairs.size());
    share_engagement_.resize(pairs.size());
    base::parallel_for(pairs.size(), threads_, kTargetsAPiece, [&](std::size_t begin, std::size_t end) {
      for (std::size_t i = begin; i < end; ++i) {
        run_.engagement[i] = weigh_(pairs[i].all);
        share_engagement_[i] = weigh_(pairs[i].shares);
      }
    });
    run_.standing.assign(pairs.size(), 1.0);
    group_by_person_ = groups();
  }

  std::vector<std::uint8_t> groups() const {
    const auto& people = run_.log.people;
    std::vector<std::uint8_t> group(people.size());
    for (PersonId person = 0; person < people.size(); ++person) group[person] = interval_group(run_.log, person);
    return group;
  }

  /// V of round one, where every m is 1; then m of every verified engager.
  void round_one() {
    std::vector<double> vouched(run_.log.people.size());
    for_each_target([&](PersonId target, std::vector<Engager>& room) {
      vouched[target] = maker_.engaged(engagers(target, room)).vouched;
    });
    for_each_target([&](PersonId target, std::vector<Engager>&) {
      for (const Pair& pair : run_.tally.of_target(target)) {
        if (!run_.verified[pair.engager]) continue;
        const Pair* gift = run_.verified[target] ? run_.tally.find(target, pair.engager) : nullptr;
        run_.standing[run_.pair_index(pair)] = standing_factor(run_.model, maker_.scale(), vouched[pair.engager],
                                                               gift ? run_.engagement[run_.pair_index(*gift)] : 0.0);
      }
    });
  }

  base::RankedSet engaged_with() const {
    base::RankedSet persons(run_.log.people.size());
    for (PersonId person = 0; person < run_.log.people.size(); ++person) {
      if (!run_.tally.of_target(person).empty()) persons.add(person);
    }
    persons.finish();
    return persons;
  }

  void round_two() {
    run_.cards = base::SparseArray<ScoreCard>(engaged_with());
    run_.unvouched_factor.assign(run_.log.people.size(), 1.0);
    for_each_target([&](PersonId target, std::vector<Engager>& room) {
      if (!run_.tally.of_target(target).empty()) make_card(target, engagers(target, room));
    });
  }

  /// The engagers of a target in the order of their numbers.
  std::span<const Engager> engagers(PersonId target, std::vector<Engager>& room) const {
    room.clear();
    for (const Pair& pair : run_.tally.of_target(target)) {
      const std::size_t i = run_.pair_index(pair);
      room.push_back({.engagement = run_.engagement[i],
                      .share_engagement = share_engagement_[i],
                      .standing = run_.standing[i],
                      .group = group_by_person_[pair.engager],
                      .verified = run_.verified[pair.engager]});
    }
    return room;
  }

  void make_card(PersonId target, std::span<const Engager> engagers) {
    std::uint64_t interactions = 0;
    std::uint32_t reach = 0;
    for (const Pair& pair : run_.tally.of_target(target)) {
      interactions += pair.acts_end - pair.acts_begin;
      if (weigh_.inside_window(pair.all)) ++reach;
    }
    run_.cards.put(target, maker_.card(maker_.numbers(engagers, interactions, reach)));
    run_.unvouched_factor[target] = maker_.vouching().unvouched_factor(maker_.engaged(engagers));
  }

  ScoreRun& run_;
  std::size_t threads_;
  Engagement weigh_;
  CardMaker maker_;
  std::vector<double> share_engagement_;       ///< w of reposts and quotes alone, by pair
  std::vector<std::uint8_t> group_by_person_;  ///< of the interval
};

}  // namespace

aggregate::TallyWeights tally_weights(const ScoreModel& model, std::int64_t as_of) {
  return {as_of, window_seconds(model), model.kind_weight, model.network_weight};
}

std::uint8_t interval_group(const aggregate::Acts& log, PersonId person) {
  const aggregate::AccountName account = log.accounts[log.people.first_account[person]];
  const std::string_view name = log.people.name[person];
  return static_cast<std::uint8_t>(name.empty() ? group_of_account(account.network, account.account)
                                                : group_of_person(name));
}

double ScoreRun::contribution(PersonId target, const Pair& pair) const {
  if (is_protected && verified[pair.engager]) return vouched_contribution(pair);
  return engagement[pair_index(pair)] * unvouched_factor[target];
}

double ScoreRun::vouched_contribution(const Pair& pair) const {
  if (!verified[pair.engager]) return 0.0;
  const std::size_t i = pair_index(pair);
  return standing[i] * engagement[i];
}

double ScoreRun::observed_verified_share() const {
  const Engagement weigh(model, as_of);
  std::vector<bool> engages(log.people.size());
  for (const Pair& pair : tally.pairs) {
    if (weigh.inside_window(pair.all)) engages[pair.engager] = true;
  }
  std::uint64_t engagers = 0;
  std::uint64_t verified_engagers = 0;
  for (PersonId person = 0; person < engages.size(); ++person) {
    if (!engages[person]) continue;
    ++engagers;
    if (verified[person]) ++verified_engagers;
  }
  return engagers == 0 ? 0.0 : static_cast<double>(verified_engagers) / static_cast<double>(engagers);
}

std::vector<bool> spared_people(const aggregate::Acts& log, const Lists& lists, const AccountSet& pardoned) {
  std::vector<bool> spared = aggregate::listed_people(log.accounts, log.people, *lists.people, pardoned);
  if (lists.verified) {
    const auto verified = aggregate::listed_people(log.accounts, log.people, *lists.people, *lists.verified);
    for (PersonId person = 0; person < spared.size(); ++person) spared[person] = spared[person] || verified[person];
  }
  return spared;
}

ScoreRun score_acts(aggregate::Acts log, const Lists& lists, const ScoreModel& model, std::int64_t as_of,
                    std::size_t threads) {
  ScoreRun run;
  run.model = model;
  run.as_of = as_of;
  run.is_protected = lists.verified != nullptr;
  if (lists.farm) {
    aggregate::remove_farm(log, aggregate::listed_accounts(log.accounts, *lists.farm));
    run.farm = aggregate::listed_people(log.accounts, log.people, *lists.people, *lists.farm);
  }
  run.verified = lists.verified ? aggregate::listed_people(log.accounts, log.people, *lists.people, *lists.verified)
                                : std::vector<bool>(log.people.size());
  run.tally = aggregate::tally_pairs(log, tally_weights(model, as_of), threads);
  run.log = std::move(log);
  Passes(run, threads).run();
  return run;
}

}  // namespace renown::score
