#include "score/farm_sweep.h"

#include <algorithm>
#include <atomic>
#include <limits>
#include <tuple>
#include <utility>

#include "base/parallel.h"
#include "base/prefetch.h"
#include "base/radix_sort.h"
#include "score/engagement.h"
#include "score/farm_evidence.h"

namespace renown::score {
namespace {

using aggregate::AccountId;
using aggregate::PersonId;
using aggregate::Row;

constexpr std::uint32_t kNone = std::numeric_limits<std::uint32_t>::max();

}  // namespace

FarmSweep::FarmSweep(const ScoreModel& model, std::int64_t as_of, std::uint64_t rows,
                     const aggregate::AccountOrder& order, const aggregate::PersonNumbers& persons,
                     const aggregate::Placement& placement, std::vector<std::uint8_t> spared, base::SpillArea& area)
    : area_(area),
      rules_(lockstep_rules(model)),
      window_begin_(as_of - window_seconds(model) + 1),
      longest_slot_seconds_(static_cast<std::uint32_t>(std::max(rules_[0].slot_seconds, rules_[1].slot_seconds))),
      may_find_(rows >= rules_[0].slot_engagers),
      order_(order),
      persons_(persons),
      placement_(placement),
      spared_(std::move(spared)),
      deeds_(area),
      audience_(may_find_ ? persons.size() : 0),
      candidate_(audience_.size()),
      acted_(persons.linked() ? order.size() : 0),
      hits_(area) {}

FarmSweep::Gatherer::Gatherer(FarmSweep& sweep) : sweep_(sweep), deeds_(sweep.deeds_) {}

FarmSweep::Gatherer::~Gatherer() {
  for (std::size_t i = 0; i < kWaiting; ++i) put_waiting(i);
}

void FarmSweep::Gatherer::add(const aggregate::ActsOnPerson& target) {
  if (!sweep_.may_find_) return;
  sweep_.audience_[target.target] = target.account_pairs;
  add_deeds(target.acts);
  if (crowded(target.acts)) sweep_.candidate_[target.target] = 1;
}

void FarmSweep::Gatherer::add_deeds(std::span<const Row> acts) {
  for (const Row& act : acts) {
    if (!sweep_.acted_.empty()) std::atomic_ref(sweep_.acted_[act.actor]).store(1, std::memory_order_relaxed);
    if (act.moment.time() < sweep_.window_begin_) continue;
    put_waiting(next_);
    const PersonId engager = sweep_.persons_.of(act.actor);
    sweep_.placement_.prefetch(engager);
    waiting_[next_] = {engager, true, act};
    next_ = (next_ + 1) % kWaiting;
  }
}

void FarmSweep::Gatherer::put_waiting(std::size_t i) {
  Waiting& deed = waiting_[i];
  if (deed.waits) deeds_.add(sweep_.placement_.partition_of(deed.engager), deed.act);
  deed.waits = false;
}

/// Whether at some time as many acts of suspects as a slot must have engagers fall into the longest slot.
bool FarmSweep::Gatherer::crowded(std::span<const Row> acts) {
  const std::size_t least = sweep_.rules_[0].slot_engagers;
  if (acts.size() < least) return false;
  times_.clear();
  for (std::size_t i = 0; i < acts.size(); ++i) {
    base::prefetch(&sweep_.spared_[sweep_.persons_.of(acts[std::min(i + kWaiting, acts.size() - 1)].actor)]);
    const std::int64_t time = acts[i].moment.time();
    if (time >= sweep_.window_begin_ && !sweep_.spared_[sweep_.persons_.of(acts[i].actor)])
      times_.push_back(static_cast<std::uint32_t>(time - sweep_.window_begin_));
  }
  if (times_.size() < least) return false;
  if (crowded_by_slots(least)) return true;
  std::ranges::sort(times_);
  for (std::size_t last = least - 1; last < times_.size(); ++last) {
    if (times_[last] - times_[last + 1 - least] < sweep_.longest_slot_seconds_) return true;
  }
  return false;
}

/// The quick half of the answer, without sorting: whether a slot of the clock alone holds enough.
bool FarmSweep::Gatherer::crowded_by_slots(std::size_t least) {
  bool is_crowded = false;
  std::size_t looked_at = 0;
  while (looked_at < times_.size() && !is_crowded) {
    const std::uint32_t slot = times_[looked_at++] / sweep_.longest_slot_seconds_;
    if (slot >= slots_.size()) slots_.resize(slot + 1);
    is_crowded = ++slots_[slot] >= least;
  }
  for (std::size_t i = 0; i < looked_at; ++i) slots_[times_[i] / sweep_.longest_slot_seconds_] = 0;
  return is_crowded;
}

/// From the deeds of the persons of one partition to hits: without acts on those who engage with the actor too, and
/// with what is named in one second as one thing done.
class FarmSweep::HitMaker {
 public:
  HitMaker(FarmSweep& sweep, PartitionPairs& pairs) : sweep_(sweep), pairs_(pairs), hits_(sweep.hits_) {}

  void operator()(std::size_t partition) {
    deeds_.clear();
    sweep_.deeds_.take(partition, deeds_);
    incoming_.clear();
    pairs_.pairs.read(partition, incoming_);
    base::radix_sort(deeds_, room_, [&](const Row& deed) { return person(deed.actor); });

    const auto& targets = pairs_.targets[partition];
    auto as_target = targets.begin();
    std::size_t incoming_begin = 0;
    for (std::size_t begin = 0; begin < deeds_.size();) {
      const PersonId engager = person(deeds_[begin].actor);
      std::size_t end = begin + 1;
      while (end < deeds_.size() && person(deeds_[end].actor) == engager) ++end;
      prefetch_behind(begin, end);
      while (as_target != targets.end() && as_target->target < engager) incoming_begin += (as_target++)->pairs;
      const bool engaged_with = as_target != targets.end() && as_target->target == engager;
      add_engager(engager, deeds_.span().subspan(begin, end - begin),
                  incoming_.span().subspan(incoming_begin, engaged_with ? as_target->pairs : 0));
      begin = end;
    }
  }

 private:
  struct Target {
    PersonId person;
    std::int64_t time;
    auto operator<=>(const Target&) const = default;
  };

  PersonId person(AccountId account) const { return sweep_.persons_.of(account); }

  /// What will be asked about the targets of the deeds that follow [begin, end) at some distance.
  void prefetch_behind(std::size_t begin, std::size_t end) const {
    constexpr std::size_t kAhead = 16;  // deeds
    for (std::size_t i = begin + kAhead; i < std::min(end + kAhead, deeds_.size()); ++i) {
      const PersonId target = person(deeds_[i].target);
      base::prefetch(&sweep_.candidate_number_[target]);
      sweep_.placement_.prefetch(target);
      if (!deeds_[i].moment.wordless()) base::prefetch(&sweep_.audience_[target]);
    }
  }

  void add_engager(PersonId engager, std::span<Row> deeds, std::span<const WeighedPair> incoming) {
    sweep_.acts_in_window_[engager] = static_cast<std::uint32_t>(deeds.size());
    find_targets(deeds);
    std::ranges::sort(targets_);
    std::uint32_t distinct = 0;
    auto from = incoming.begin();
    for (std::size_t begin = 0, end = 0; begin < targets_.size(); begin = end) {
      const PersonId person = targets_[begin].person;
      while (end < targets_.size() && targets_[end].person == person) ++end;
      from = skip_to(from, incoming.end(), person);
      if (from != incoming.end() && from->engager == person) continue;  // who answers
      ++distinct;
      const std::uint32_t candidate = sweep_.candidate_number_[person];
      if (candidate == kNone) continue;
      const std::size_t partition = sweep_.placement_.partition_of(person);
      for (std::size_t i = begin; i < end; ++i)
        hits_.add(partition, {engager, candidate, targets_[i].time, end - begin == 1});
    }
    sweep_.distinct_targets_[engager] = distinct;
  }

  /// The first pair from `from` on whose engager is `person` or comes behind. In steps that grow: who is engaged with
  /// by many engages with few.
  static std::span<const WeighedPair>::iterator skip_to(std::span<const WeighedPair>::iterator from,
                                                        std::span<const WeighedPair>::iterator end, PersonId person) {
    std::ptrdiff_t step = 1;
    for (; end - from > step && from[step].engager < person; step *= 2) from += step;
    return std::partition_point(from, from + std::min(step + 1, end - from),
                                [&](const WeighedPair& pair) { return pair.engager < person; });
  }

  /// Account by account, second by second.
  void find_targets(std::span<Row> deeds) {
    std::ranges::sort(deeds, {},
                      [](const Row& deed) { return std::tuple(deed.actor, deed.moment.time(), deed.target); });
    targets_.clear();
    for (std::size_t begin = 0; begin < deeds.size();) {
      std::size_t end = begin + 1;
      while (end < deeds.size() && deeds[end].actor == deeds[begin].actor &&
             deeds[end].moment.time() == deeds[begin].moment.time())
        ++end;
      add_second(deeds.subspan(begin, end - begin));
      begin = end;
    }
  }

  /// One post can name several people in one second: it is one thing done, and stands for the least known of them;
  /// names beside an act of another kind (in what is reposted) stand for nothing.
  void add_second(std::span<const Row> deeds) {
    const Row* named = nullptr;
    bool wordless = false;
    for (const Row& deed : deeds) {
      if (deed.moment.wordless()) {
        wordless = true;
        add(deed);
      } else if (!named || audience(deed) < audience(*named)) {
        named = &deed;
      }
    }
    if (named && !wordless) add(*named);
  }

  std::uint32_t audience(const Row& deed) const { return sweep_.audience_[person(deed.target)]; }
  void add(const Row& deed) { targets_.push_back({person(deed.target), deed.moment.time()}); }

  FarmSweep& sweep_;
  PartitionPairs& pairs_;
  base::Partitioned<Hit>::Writer hits_;
  base::Buffer<Row> deeds_, room_;
  base::Buffer<WeighedPair> incoming_;
  std::vector<Target> targets_;  // of the engager that is looked at
};

/// What evidence asks of the log.
class FarmSweep::WholeSweep final : public PersonRecords {
 public:
  explicit WholeSweep(const FarmSweep& sweep) : sweep_(sweep) {}

  std::uint64_t acts_in_window(PersonId person) const override { return sweep_.acts_in_window_[person]; }

  std::vector<AccountId> acting_accounts(PersonId person) const override {
    const AccountId first = sweep_.persons_.first_account(person);
    if (sweep_.persons_.account_count(person) == 1) return {first};  // whose acts these are
    std::vector<AccountId> accounts;
    for (AccountId account = first; account < sweep_.order_.size(); ++account) {
      if (sweep_.acted_[account] && sweep_.persons_.of(account) == person) accounts.push_back(account);
    }
    return accounts;
  }

 private:
  const FarmSweep& sweep_;
};

/// Candidates keep the order of persons.
void FarmSweep::number_candidates() {
  candidate_number_.assign(candidate_.size(), kNone);
  for (PersonId person = 0; person < candidate_.size(); ++person) {
    if (candidate_[person]) candidate_number_[person] = candidates_++;
  }
}

/// By target, time and engager. A target's hits stand in one partition.
void FarmSweep::sort_hits(std::size_t threads) {
  base::parallel_workers(
      base::kPartitions, threads,
      [&] {
        return [&, hits = base::Buffer<Hit>(), room = base::Buffer<Hit>()](std::size_t partition) mutable {
          hits.clear();
          hits_.take(partition, hits);
          base::radix_sort(hits, room, [](const Hit& hit) { return hit.engager; });
          base::radix_sort(hits, room, [](const Hit& hit) { return static_cast<std::uint64_t>(hit.time()); });
          base::radix_sort(hits, room, [](const Hit& hit) { return hit.target; });
          hits_.append(partition, hits.span());
        };
      },
      [](std::size_t) { return true; });
}

std::vector<Farm> FarmSweep::search(std::size_t threads) {
  std::vector<bool> suspects(spared_.size());
  for (PersonId person = 0; person < spared_.size(); ++person) suspects[person] = !spared_[person];
  HeapedHits hits(hits_);
  const auto blocks = find_lockstep(hits, std::move(suspects), distinct_targets_, candidates_, rules_, area_, threads);
  return describe_farms(blocks, hits, candidates_, rules_, WholeSweep(*this));
}

Result<std::vector<Farm>> FarmSweep::find(PartitionPairs& pairs, std::size_t threads, const GoOn& go_on) {
  number_candidates();
  if (candidates_ == 0) {
    for (std::size_t partition = 0; partition < base::kPartitions; ++partition) deeds_.clear(partition);
    return std::vector<Farm>{};
  }
  distinct_targets_.resize(persons_.size());
  acts_in_window_.resize(persons_.size());
  const bool whole = base::parallel_workers(
      base::kPartitions, threads, [&] { return HitMaker(*this, pairs); },
      [&](std::size_t done) { return go_on("searching for farms", done, base::kPartitions); });
  if (!whole) return stopped();
  sort_hits(threads);
  return search(threads);
}

}  // namespace renown::score
