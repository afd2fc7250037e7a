#include "score/farm_search.h"

#include <algorithm>
#include <span>
#include <string>
#include <tuple>
#include <utility>

#include "base/buffer.h"
#include "base/radix_sort.h"
#include "score/engagement.h"
#include "score/farm_evidence.h"
#include "score/lockstep.h"

namespace renown::score {
namespace {

using aggregate::Acts;
using aggregate::Event;
using aggregate::PersonId;

/// Which acts are searched, as hits of persons on persons.
class Hits {
 public:
  Hits(const Acts& log, std::int64_t window_begin) : log_(log), window_begin_(window_begin) {
    index_targets();
    count_audience();
    for (std::size_t begin = 0; begin < log.acts.size();) {
      std::size_t end = begin + 1;
      while (end < log.acts.size() && log.acts[end].actor == log.acts[begin].actor) ++end;
      add_actor(std::span(log.acts).subspan(begin, end - begin));
      begin = end;
    }
    sort_hits();
  }

  base::Buffer<Hit> take() && { return std::move(hits_); }

 private:
  PersonId person(aggregate::AccountId account) const { return log_.people.person_of[account]; }

  /// Acts are sorted by account; accounts of one person are joined here.
  void index_targets() {
    for (const Event& act : log_.acts) {
      const std::uint64_t pair = pair_of(person(act.actor), person(act.target));
      if (pairs_.empty() || pairs_.back() != pair) pairs_.push_back(pair);
    }
    if (!std::ranges::is_sorted(pairs_)) std::ranges::sort(pairs_);
    engager_begin_.assign(log_.people.size() + 1, 0);
    for (const std::uint64_t pair : pairs_) ++engager_begin_[(pair >> 32) + 1];
    for (std::size_t i = 1; i < engager_begin_.size(); ++i) engager_begin_[i] += engager_begin_[i - 1];
  }

  /// Acts are sorted by actor, then target.
  void count_audience() {
    audience_.resize(log_.people.size());
    const Event* before = nullptr;
    for (const Event& act : log_.acts) {
      if (!before || before->actor != act.actor || before->target != act.target) ++audience_[person(act.target)];
      before = &act;
    }
  }

  static std::uint64_t pair_of(PersonId engager, PersonId target) { return (std::uint64_t{engager} << 32) | target; }

  /// Whether the target engages with the engager too: friends answer each other at once and again, a bought crowd is
  /// not answered.
  bool answered(PersonId engager, PersonId target) const {
    const auto answers =
        std::span(pairs_).subspan(engager_begin_[target], engager_begin_[target + 1] - engager_begin_[target]);
    return std::ranges::binary_search(answers, pair_of(target, engager));
  }

  /// All acts of one account. One post can name several people in one second: it is one thing done, and stands for the
  /// least known of them; names beside an act of another kind (in what is reposted) stand for nothing.
  void add_actor(std::span<const Event> acts) {
    by_time_.clear();
    for (const Event& act : acts) {
      if (act.time >= window_begin_) by_time_.push_back(&act);
    }
    std::ranges::sort(by_time_, {}, [](const Event* act) { return std::tuple(act->time, act->target); });
    for (std::size_t begin = 0; begin < by_time_.size();) {
      std::size_t end = begin + 1;
      while (end < by_time_.size() && by_time_[end]->time == by_time_[begin]->time) ++end;
      add_second(std::span(by_time_).subspan(begin, end - begin));
      begin = end;
    }
  }

  void add_second(std::span<const Event* const> acts) {
    const Event* named = nullptr;
    bool deeds = false;
    for (const Event* act : acts) {
      if (act->wordless) {
        deeds = true;
        add(*act);
      } else if (!named || audience_[person(act->target)] < audience_[person(named->target)]) {
        named = act;
      }
    }
    if (named && !deeds) add(*named);
  }

  /// By target, time and engager. They come engager by engager where nobody is linked.
  void sort_hits() {
    base::Buffer<Hit> room;
    if (!std::ranges::is_sorted(hits_, {}, &Hit::engager))
      base::radix_sort(hits_, room, [](const Hit& hit) { return hit.engager; });
    base::radix_sort(hits_, room, [](const Hit& hit) { return static_cast<std::uint64_t>(hit.time()); });
    base::radix_sort(hits_, room, [](const Hit& hit) { return hit.target; });
  }

  void add(const Event& act) {
    const Hit hit{person(act.actor), person(act.target), act.time};
    if (!answered(hit.engager, hit.target)) hits_.push_back(hit);
  }

  const Acts& log_;
  std::int64_t window_begin_;
  std::vector<std::uint64_t> pairs_;  ///< (engager, target), sorted
  std::vector<std::uint64_t> engager_begin_;
  std::vector<std::uint32_t> audience_;  ///< by person: different (actor, account of theirs) that act
  std::vector<const Event*> by_time_;
  base::Buffer<Hit> hits_;
};

/// What evidence asks of a log whose acts are all at hand.
class WholeLog final : public PersonRecords {
 public:
  WholeLog(const Acts& log, std::int64_t window_begin) : acts_in_window_(log.people.size()) {
    std::vector<bool> acted(log.accounts.size());
    for (const Event& act : log.acts) {
      if (act.time >= window_begin) ++acts_in_window_[log.people.person_of[act.actor]];
      acted[act.actor] = true;
    }
    for (aggregate::AccountId account = 0; account < log.accounts.size(); ++account) {
      if (acted[account]) accounts_.push_back({log.people.person_of[account], account});
    }
    std::ranges::sort(accounts_);
  }

  std::uint64_t acts_in_window(PersonId person) const override { return acts_in_window_[person]; }

  std::vector<aggregate::AccountId> acting_accounts(PersonId person) const override {
    std::vector<aggregate::AccountId> accounts;
    for (const Owned& one : std::ranges::equal_range(accounts_, person, {}, &Owned::person))
      accounts.push_back(one.account);
    return accounts;
  }

 private:
  struct Owned {
    PersonId person;
    aggregate::AccountId account;
    auto operator<=>(const Owned&) const = default;
  };

  std::vector<std::uint64_t> acts_in_window_;
  std::vector<Owned> accounts_;
};

}  // namespace

std::vector<Farm> find_farms(const Acts& acts, const std::vector<bool>& spared, const ScoreModel& model,
                             std::int64_t as_of, std::size_t threads) {
  const auto rules = lockstep_rules(model);
  const std::int64_t window_begin = as_of - window_seconds(model) + 1;
  const base::Buffer<Hit> all_hits = Hits(acts, window_begin).take();
  const std::span<const Hit> hits = all_hits.span();
  std::vector<bool> suspects = spared;
  suspects.flip();
  const auto people = static_cast<std::uint32_t>(acts.people.size());
  const std::vector<LockstepBlock> blocks = find_lockstep(hits, std::move(suspects), people, rules, threads);
  if (blocks.empty()) return {};
  SortedHits source(hits);
  return describe_farms(blocks, source, people, rules, WholeLog(acts, window_begin));
}

std::uint64_t accounts_in(const std::vector<Farm>& farms) {
  std::uint64_t accounts = 0;
  for (const Farm& farm : farms) accounts += farm.accounts.size();
  return accounts;
}

AccountSet accounts_of(const std::vector<Farm>& farms, const aggregate::AccountTable& accounts) {
  AccountSet list;
  for (const Farm& farm : farms) {
    for (const FarmAccount& entry : farm.accounts) {
      const aggregate::AccountName name = accounts[entry.account];
      list.insert(Account{std::string(name.network), std::string(name.account)});
    }
  }
  return list;
}

}  // namespace renown::score
