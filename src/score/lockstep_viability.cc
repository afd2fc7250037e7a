#include "score/lockstep_viability.h"

#include <algorithm>
#include <atomic>
#include <numeric>
#include <tuple>
#include <utility>
#include <vector>

#include "base/parallel.h"

namespace renown::score {
namespace {

/// Who is viable is settled once a round drops fewer than one in so many: the last few take many rounds, and do no
/// harm.
constexpr std::uint64_t kFewDropped = 50;
/// Few, since the last rounds look at little else than the best known targets, each of which takes long.
constexpr std::size_t kTargetsAPiece = 8;

class Rounds {
 public:
  Rounds(const HitTable& table, const LockstepRule& rule, const std::vector<bool>& suspects,
         const std::vector<bool>& found, const std::vector<std::uint32_t>& distinct_targets, std::size_t threads)
      : table_(table),
        rule_(rule),
        found_(found),
        distinct_targets_(distinct_targets),
        threads_(threads),
        result_{suspects, std::vector<std::uint32_t>(table.targets)},
        viable_targets_(table.engagers) {
    for (std::size_t i = 0; i < std::max<std::size_t>(1, threads); ++i) lookers_.emplace_back(*this);
  }

  Viability run() {
    std::vector<std::uint32_t> open(table_.targets);  // that may still hold a viable slot
    std::iota(open.begin(), open.end(), 0u);
    std::uint64_t viable = table_.engagers;
    for (std::uint64_t dropped = viable; dropped > viable / kFewDropped;) {
      look_at(open);
      std::erase_if(open, [&](std::uint32_t target) { return result_.fullest[target] == 0; });
      std::tie(viable, dropped) = drop_unviable();
    }
    base::parallel_for(open.size(), threads_, kTargetsAPiece, [&](std::size_t begin, std::size_t end) {
      for (std::size_t i = begin; i < end; ++i) result_.fullest[open[i]] = fullest(open[i]);
    });
    return std::move(result_);
  }

 private:
  /// Looks at targets. One for each thread, kept from round to round: it has room for everybody.
  class Looker {
   public:
    explicit Looker(Rounds& rounds) : rounds_(rounds), count_(rounds.table_.engagers), mark_(rounds.table_.engagers) {}

    void look_at(std::uint32_t target) {
      const std::uint32_t most = rounds_.fullest(target);
      const bool is_open = most >= rounds_.rule_.slot_engagers && count_viable_slots(target);
      rounds_.result_.fullest[target] = is_open ? most : 0;
    }

   private:
    /// Counts the target for every viable engager who acted on it in a slot of which enough are viable. returns
    /// whether there is such a slot
    bool count_viable_slots(std::uint32_t target) {
      const auto& hits = rounds_.table_.hits;
      const auto& is_viable = rounds_.result_.engager;
      const std::uint64_t last = rounds_.table_.target_begin[target + 1];
      std::uint64_t end = rounds_.table_.target_begin[target];
      std::uint64_t counted = end;  // up to here
      std::uint32_t all = 0;
      std::uint32_t viable = 0;
      bool any = false;
      ++look_;
      for (std::uint64_t begin = end; begin < last; ++begin) {
        for (; end < last && hits[end].time - hits[begin].time < rounds_.rule_.slot_seconds; ++end) {
          const std::uint32_t engager = hits[end].engager;
          if (rounds_.found_[engager] || count_[engager]++ > 0) continue;
          ++all;
          viable += is_viable[engager] ? 1 : 0;
        }
        if (viable >= rounds_.rule_.slot_engagers && viable >= rounds_.rule_.least_density() * all) {
          any = true;
          for (counted = std::max(counted, begin); counted < end; ++counted) count_once(hits[counted].engager);
        }
        const std::uint32_t engager = hits[begin].engager;
        if (rounds_.found_[engager] || --count_[engager] > 0) continue;
        --all;
        viable -= is_viable[engager] ? 1 : 0;
      }
      return any;
    }

    void count_once(std::uint32_t engager) {
      if (!rounds_.result_.engager[engager] || std::exchange(mark_[engager], look_) == look_) return;
      std::atomic_ref(rounds_.viable_targets_[engager]).fetch_add(1, std::memory_order_relaxed);
    }

    Rounds& rounds_;
    std::vector<std::uint32_t> count_;  ///< by engager: hits in the slot
    std::vector<std::uint32_t> mark_;   ///< by engager: the last look in which a target was counted for them
    std::uint32_t look_ = 0;
  };

  /// Sets `fullest` of open targets, and counts the viable ones for their engagers.
  void look_at(const std::vector<std::uint32_t>& open) {
    std::atomic<std::size_t> taken{0};
    const auto take_looker = [&] {
      return [&open, &looker = lookers_[taken++]](std::size_t piece) {
        const std::size_t end = std::min(open.size(), (piece + 1) * kTargetsAPiece);
        for (std::size_t i = piece * kTargetsAPiece; i < end; ++i) looker.look_at(open[i]);
      };
    };
    base::parallel_workers((open.size() + kTargetsAPiece - 1) / kTargetsAPiece, threads_, take_looker,
                           [](std::size_t) { return true; });
  }

  /// Drops engagers with too few of the targets that were counted for them. returns  how many are left, and are not
  std::pair<std::uint64_t, std::uint64_t> drop_unviable() {
    std::uint64_t viable = 0;
    std::uint64_t dropped = 0;
    for (std::uint32_t engager = 0; engager < table_.engagers; ++engager) {
      if (!result_.engager[engager]) continue;
      const std::uint32_t targets = std::exchange(viable_targets_[engager], 0);
      const bool enough = rule_.enough_targets(targets, distinct_targets_[engager]);
      result_.engager[engager] = enough;
      ++(enough ? viable : dropped);
    }
    return {viable, dropped};
  }

  /// How many viable hits on a target fall into one slot at the most: no slot holds more of anybody. Most targets need
  /// no closer look than this one.
  std::uint32_t fullest(std::uint32_t target) const {
    const auto& hits = table_.hits;
    const std::uint64_t last = table_.target_begin[target + 1];
    std::uint32_t inside = 0;
    std::uint32_t most = 0;
    std::uint64_t end = table_.target_begin[target];
    for (std::uint64_t begin = end; begin < last; ++begin) {
      for (; end < last && hits[end].time - hits[begin].time < rule_.slot_seconds; ++end)
        inside += result_.engager[hits[end].engager] ? 1 : 0;
      most = std::max(most, inside);
      inside -= result_.engager[hits[begin].engager] ? 1 : 0;
    }
    return most;
  }

  const HitTable& table_;
  const LockstepRule& rule_;
  const std::vector<bool>& found_;
  const std::vector<std::uint32_t>& distinct_targets_;
  std::size_t threads_;
  Viability result_;
  std::vector<std::uint32_t> viable_targets_;  ///< by engager: targets counted in this round
  std::vector<Looker> lookers_;
};

}  // namespace

Viability find_viable(const HitTable& table, const LockstepRule& rule, const std::vector<bool>& suspects,
                      const std::vector<bool>& found, const std::vector<std::uint32_t>& distinct_targets,
                      std::size_t threads) {
  return Rounds(table, rule, suspects, found, distinct_targets, threads).run();
}

}  // namespace renown::score
