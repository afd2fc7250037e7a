#include "score/sweep.h"

#include <algorithm>
#include <atomic>
#include <bit>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

#include "aggregate/act_maker.h"
#include "aggregate/placement.h"
#include "base/parallel.h"
#include "base/radix_sort.h"
#include "base/ranked_set.h"
#include "base/time.h"
#include "score/card.h"
#include "score/card_table.h"
#include "score/farm_sweep.h"
#include "score/interval.h"
#include "score/ledger_sweep.h"
#include "score/pair_weigher.h"
#include "score/partition_pairs.h"
#include "score/standing.h"
#include "score/target_reader.h"

namespace renown::score {
namespace {

using aggregate::AccountId;
using aggregate::ActsOnPerson;
using aggregate::PersonId;

/// What a verified person gave a verified person in round one, where it is looked for: in the giver's partition.
struct Gift {
  PersonId from = 0;
  PersonId to = 0;
  double engagement = 0.0;
};

class Sweep {
 public:
  Sweep(aggregate::Intake& intake, base::SpillArea& area, const SweepRequest& request, const GoOn& go_on)
      : intake_(intake),
        area_(area),
        request_(request),
        go_on_(go_on),
        order_(intake.release_order()),
        persons_(intake.accounts(), *order_, request.people),
        placement_(intake, *order_, persons_),
        maker_(request.model, request.verified != nullptr),
        pairs_(area),
        gifts_(area) {
    if (request.ledger) ledger_.emplace(*intake.row_texts(), undos_, *order_, persons_, request.as_of, area);
  }

  Result<ScoreSheet> run() {
    list_persons();
    if (auto done = make_pairs(); !done) return done.error();
    if (auto done = find_farms(); !done) return done.error();
    if (request_.verified) {
      if (auto done = round_one(); !done) return done.error();
    }
    if (auto done = make_cards(); !done) return done.error();
    rank();
    if (ledger_) lines_ = ledger_->finish(request_.threads);
    if (auto status = area_.status(); !status) return status.error();
    return std::move(*this).sheet();
  }

 private:
  /// Gives every partition to a worker of some thread; then what went wrong on the way is known.
  template <class MakeWorker>
  Result<void> over_partitions(std::string_view stage, const MakeWorker& make_worker) {
    const bool whole = base::parallel_workers(base::kPartitions, request_.threads, make_worker,
                                              [&](std::size_t done) { return go_on_(stage, done, base::kPartitions); });
    if (auto status = area_.status(); !status) return status;
    if (!whole) return stopped();
    return {};
  }

  void list_persons() {
    const auto listed = [&](const AccountSet& list) {
      return aggregate::listed_persons(intake_.accounts(), *order_, persons_, request_.people, list);
    };
    verified_ = request_.verified ? listed(*request_.verified) : std::vector<std::uint8_t>(persons_.size());
    std::vector<std::uint8_t> spared = verified_;
    if (!request_.pardoned.empty()) {
      const auto pardoned = listed(request_.pardoned);
      for (PersonId person = 0; person < spared.size(); ++person) spared[person] |= pardoned[person];
    }
    farm_sweep_ = std::make_unique<FarmSweep>(request_.model, request_.as_of, intake_.rows(), *order_, persons_,
                                              placement_, std::move(spared), area_);
  }

  /// From rows to weighed pairs, one target after the other.
  class PairMaker {
   public:
    PairMaker(Sweep& sweep, const ActWeights& weights)
        : sweep_(sweep),
          acts_(sweep.intake_, sweep.undos_, *sweep.order_, sweep.persons_, sweep.request_.as_of,
                static_cast<std::int64_t>(sweep.request_.model.provoked_days *
                                          static_cast<double>(base::kSecondsPerDay))),
          weigher_(sweep.request_.model, sweep.request_.as_of, weights, sweep.persons_),
          gatherer_(*sweep.farm_sweep_) {
      if (sweep.ledger_) ledger_.emplace(*sweep.ledger_);
    }

    ~PairMaker() { sweep_.add_dropped(acts_.dropped()); }
    PairMaker(const PairMaker&) = delete;
    PairMaker& operator=(const PairMaker&) = delete;

    void operator()(std::size_t partition) {
      weigher_.clear();
      if (ledger_) ledger_->begin(partition);
      acts_.for_each_person(partition, [&](const ActsOnPerson& target) { add(partition, target); });
      sweep_.pairs_.pairs.append(partition, weigher_.weigh(sweep_.pairs_.share_engagements[partition]));
      if (ledger_) ledger_->end();
    }

   private:
    void add(std::size_t partition, const ActsOnPerson& target) {
      sweep_.pairs_.targets[partition].push_back({target.target, weigher_.add(target)});
      gatherer_.add(target);
      if (ledger_) ledger_->add(target);
      if (sweep_.persons_.linked() && sweep_.persons_.account_count(target.target) > 1) {
        for (const aggregate::Row& act : target.acts)
          sweep_.pairs_.receipts[partition].push_back({act.target, sweep_.persons_.of(act.actor)});
      }
    }

    Sweep& sweep_;
    aggregate::ActMaker acts_;
    PairWeigher weigher_;
    FarmSweep::Gatherer gatherer_;
    std::optional<LedgerSweep::ActGatherer> ledger_;
  };

  Result<void> make_pairs() {
    const ActWeights weights(request_.model, *order_);
    dropped_.rows = intake_.rows();
    for (const aggregate::KeyedRow& undo : intake_.undos()) {
      const bool is_future = undo.row.moment.time() >= request_.as_of;
      ++(is_future ? dropped_.future : dropped_.weightless);
      if (!is_future) undos_.add(undo);
    }
    return over_partitions("tallying", [&] { return PairMaker(*this, weights); });
  }

  void add_dropped(const aggregate::DropCounts& counts) {
    const std::lock_guard guard(lock_);
    for (const auto count :
         {&aggregate::DropCounts::future, &aggregate::DropCounts::withdrawn, &aggregate::DropCounts::weightless,
          &aggregate::DropCounts::own, &aggregate::DropCounts::twins, &aggregate::DropCounts::provoked,
          &aggregate::DropCounts::acts})
      dropped_.*count += counts.*count;
  }

  Result<void> find_farms() {
    auto farms = farm_sweep_->find(pairs_, request_.threads, go_on_);
    if (!farms) return farms.error();
    farm_sweep_.reset();
    farms_ = std::move(*farms);
    find_traits();
    return area_.status();
  }

  void find_traits() {
    traits_.resize(persons_.size());
    for (PersonId person = 0; person < persons_.size(); ++person) traits_[person].verified = verified_[person] & 1;
    // In the order in which accounts were met: their names stand in it.
    const aggregate::AccountTable& accounts = intake_.accounts();
    base::parallel_for(accounts.size(), request_.threads, 65536, [&](std::size_t begin, std::size_t end) {
      AccountGroups group_of;
      for (std::size_t id = begin; id < end; ++id) {
        const AccountId rank = order_->rank_of(static_cast<AccountId>(id));
        const PersonId person = persons_.of(rank);
        if (persons_.first_account(person) != rank) continue;
        const std::string_view name = persons_.name(person);
        const aggregate::AccountName account = accounts[static_cast<AccountId>(id)];
        const std::size_t group = name.empty() ? group_of(account.network, account.account) : group_of_person(name);
        traits_[person].group = static_cast<std::uint8_t>(group) & 63;
      }
    });
    for (const Farm& farm : farms_) {
      for (const FarmAccount& account : farm.accounts) traits_[account.person].in_farm = 1;
    }
  }

  /// V of every verified person where each m is 1, and the gifts between them.
  Result<void> round_one() {
    vouched_.resize(persons_.size());
    return over_partitions("vouching", [&] {
      return [this, reader = TargetReader(pairs_, traits_),
              gifts = std::make_unique<base::Partitioned<Gift>::Writer>(gifts_)](std::size_t partition) mutable {
        reader.load(partition);
        const auto is_verified = [this](PersonId person) { return verified_[person] != 0; };
        reader.for_each_target(is_verified, [&](const TargetEngagers& target) {
          vouched_[target.person] = maker_.engaged(target.engagers).vouched;
          for (const WeighedPair& pair : target.pairs) {
            if (verified_[pair.engager])
              gifts->add(placement_.partition_of(pair.engager), {pair.engager, target.person, pair.engagement});
          }
        });
      };
    });
  }

  /// Cards of the targets of one partition.
  class CardWorker {
   public:
    explicit CardWorker(Sweep& sweep) : sweep_(sweep), reader_(sweep.pairs_, sweep.traits_) {
      if (sweep.ledger_) ledger_.emplace(*sweep.ledger_);
    }

    ~CardWorker() {
      const std::lock_guard guard(sweep_.lock_);
      sweep_.dropped_.farm += farm_acts_;
      sweep_.dropped_.acts -= farm_acts_;
    }
    CardWorker(const CardWorker&) = delete;
    CardWorker& operator=(const CardWorker&) = delete;

    void operator()(std::size_t partition) {
      load_gifts(partition);
      reader_.load(partition);
      if (ledger_) ledger_->begin(partition);
      reader_.for_each_target([](PersonId) { return true; }, [&](const TargetEngagers& target) { add(target); });
      if (ledger_) ledger_->end();
      sweep_.pairs_.pairs.clear(partition);
      mark_receipts(partition);
    }

   private:
    void load_gifts(std::size_t partition) {
      gifts_.clear();
      sweep_.gifts_.take(partition, gifts_);
      base::radix_sort(gifts_, room_, [](const Gift& gift) { return (std::uint64_t{gift.from} << 32) | gift.to; });
      gift_ = 0;
    }

    void add(const TargetEngagers& target) {
      farm_acts_ += target.farm_acts;
      if (target.pairs.empty()) {
        sweep_.numbers_.put(target.person, {});
        add_to_ledger(target);
        return;
      }
      if (sweep_.request_.verified) {
        give_standing(target);
        for (const WeighedPair& pair : target.pairs) {
          if (pair.inside_window) std::atomic_ref(sweep_.engages_[pair.engager]).store(1, std::memory_order_relaxed);
        }
      }
      sweep_.numbers_.put(target.person, sweep_.maker_.numbers(target.engagers, target.interactions, target.reach));
      add_to_ledger(target);
    }

    void add_to_ledger(const TargetEngagers& target) {
      if (!ledger_) return;
      const CardMaker& maker = sweep_.maker_;
      ledger_->add(target, maker.vouching().unvouched_factor(maker.engaged(target.engagers)));
    }

    /// m of each verified engager: without what the target gave them. Targets, and the engagers of each, come in the
    /// order in which gifts are sorted.
    void give_standing(const TargetEngagers& target) {
      while (gift_ < gifts_.size() && gifts_[gift_].from < target.person) ++gift_;
      for (std::size_t i = 0; i < target.pairs.size(); ++i) {
        const PersonId engager = target.pairs[i].engager;
        if (!target.engagers[i].verified) continue;
        while (gift_ < gifts_.size() && gifts_[gift_].from == target.person && gifts_[gift_].to < engager) ++gift_;
        const bool gave = gift_ < gifts_.size() && gifts_[gift_].from == target.person && gifts_[gift_].to == engager;
        target.engagers[i].standing = standing_factor(sweep_.request_.model, sweep_.maker_.scale(),
                                                      sweep_.vouched_[engager], gave ? gifts_[gift_].engagement : 0.0);
      }
    }

    void mark_receipts(std::size_t partition) {
      for (const Receipt& receipt : sweep_.pairs_.receipts[partition]) {
        if (!sweep_.traits_[receipt.engager].in_farm) sweep_.received_[receipt.account] = 1;
      }
    }

    Sweep& sweep_;
    TargetReader reader_;
    base::Buffer<Gift> gifts_, room_;
    std::size_t gift_ = 0;
    std::uint64_t farm_acts_ = 0;
    std::optional<LedgerSweep::LineMaker> ledger_;
  };

  base::RankedSet engaged_with() const {
    base::RankedSet persons(persons_.size());
    for (const auto& targets : pairs_.targets) {
      for (const TargetPairs& target : targets) persons.add(target.target);
    }
    persons.finish();
    return persons;
  }

  Result<void> make_cards() {
    numbers_ = CardTable(engaged_with());
    if (persons_.linked()) received_.resize(order_->size());
    if (request_.verified) engages_.resize(persons_.size());
    return over_partitions("scoring", [&] { return CardWorker(*this); });
  }

  /// Accounts that were engaged with, by raw score descending, then in byte order.
  void rank() {
    struct Ranked {
      std::uint64_t key;  ///< rises as raw falls: the bits of doubles >= 0 are in their order
      AccountId account;
    };
    base::Buffer<Ranked> ranked;
    base::Buffer<Ranked> room;
    ranked.reserve(numbers_.size());
    for (AccountId account = 0; account < order_->size(); ++account) {
      const PersonId person = persons_.of(account);
      const CardNumbers& numbers = numbers_[person];
      if (numbers.interactions == 0) continue;
      if (persons_.linked() && persons_.account_count(person) > 1 && !received_[account]) continue;
      ranked.push_back({~std::bit_cast<std::uint64_t>(numbers.raw), account});
    }
    base::radix_sort(ranked, room, [](const Ranked& entry) { return entry.key; });
    ranking_.reserve(ranked.size());
    for (const Ranked& entry : ranked) ranking_.push_back(entry.account);
  }

  double observed_verified_share() const {
    std::uint64_t engagers = 0;
    std::uint64_t verified_engagers = 0;
    for (PersonId person = 0; person < engages_.size(); ++person) {
      engagers += engages_[person];
      verified_engagers += engages_[person] & verified_[person];
    }
    return engagers == 0 ? 0.0 : static_cast<double>(verified_engagers) / static_cast<double>(engagers);
  }

  ScoreSheet sheet() && {
    return ScoreSheet({.model = request_.model,
                       .as_of = request_.as_of,
                       .is_protected = request_.verified != nullptr,
                       .dropped = dropped_,
                       .farms = std::move(farms_),
                       .observed_verified_share = observed_verified_share(),
                       .names = aggregate::AccountNames(intake_.release_accounts(), std::move(order_)),
                       .persons = std::move(persons_),
                       .numbers = PackedCards(std::move(numbers_)),
                       .ranking = std::move(ranking_),
                       .ledger = std::move(lines_)});
  }

  aggregate::Intake& intake_;
  base::SpillArea& area_;
  const SweepRequest& request_;
  const GoOn& go_on_;

  std::unique_ptr<aggregate::AccountOrder> order_;
  aggregate::PersonNumbers persons_;
  aggregate::Placement placement_;
  CardMaker maker_;

  aggregate::UndoSet undos_;
  std::mutex lock_;  ///< of dropped_
  aggregate::DropCounts dropped_;
  std::vector<std::uint8_t> verified_;  ///< by person, like all that follow but for received_
  PartitionPairs pairs_;
  std::unique_ptr<FarmSweep> farm_sweep_;
  std::vector<Farm> farms_;
  std::vector<Trait> traits_;
  std::vector<double> vouched_;  ///< V of round one, of verified people
  base::Partitioned<Gift> gifts_;
  std::optional<LedgerSweep> ledger_;
  std::optional<Ledger> lines_;
  std::vector<std::uint8_t> engages_;   ///< has an act inside the window
  std::vector<std::uint8_t> received_;  ///< by account: of persons with several, which were engaged with
  CardTable numbers_;
  std::vector<AccountId> ranking_;
};

}  // namespace

Result<ScoreSheet> sweep_scores(aggregate::Intake& intake, base::SpillArea& area, const SweepRequest& request,
                                const GoOn& go_on) {
  return Sweep(intake, area, request, go_on).run();
}

}  // namespace renown::score
