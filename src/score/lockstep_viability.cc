#include "score/lockstep_viability.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <tuple>
#include <utility>
#include <vector>

#include "base/parallel.h"
#include "base/partitioned.h"
#include "base/prefetch.h"
#include "score/repeats.h"

namespace renown::score {
namespace {

/// Who is viable is settled once a round drops fewer than one in so many: the last few take many rounds, and do no
/// harm.
constexpr std::uint64_t kFewDropped = 50;

/// What the engager of a hit is to the search: bits, so that they can be counted without a question. A role divided by
/// kViable is 1 of who is viable, else 0.
enum Role : std::uint8_t {
  kSeen = 1,   ///< not of a block that was found before
  kViable = 2  ///< can be of a block; seen too
};

/// The hits on targets that may still hold a viable slot; what closed is not read again.
class OpenHits final : public HitSource {
 public:
  OpenHits(HitSource& all, base::SpillArea& area) : all_(all), left_(area) {}

  std::span<const Hit> read(std::size_t piece, base::Buffer<Hit>& room) override {
    return is_shortened_[piece] ? HeapedHits(left_).read(piece, room) : all_.read(piece, room);
  }

  /// Makes these the hits of a piece. They are kept beside the source where that saves half of the reading.
  void shorten(std::size_t piece, std::size_t read, std::span<const Hit> hits) {
    if (hits.size() > read / 2) return;
    left_.clear(piece);
    left_.append(piece, hits);
    is_shortened_[piece] = true;
  }

 private:
  HitSource& all_;
  base::Partitioned<Hit> left_;
  std::array<bool, base::kPartitions> is_shortened_{};
};

class Rounds {
 public:
  Rounds(HitSource& source, const LockstepRule& rule, const std::vector<bool>& suspects, const std::vector<bool>& found,
         const std::vector<std::uint32_t>& distinct_targets, std::uint32_t targets, base::SpillArea& area,
         std::size_t threads)
      : hits_(source, area),
        rule_(rule),
        found_(found),
        any_found_(std::ranges::find(found, true) != found.end()),
        distinct_targets_(distinct_targets),
        threads_(threads),
        is_viable_(suspects),
        is_open_(targets, 1),
        viable_targets_(suspects.size()) {}

  Meetings run() {
    std::uint64_t viable = is_viable_.size();
    for (std::uint64_t dropped = viable; dropped > viable / kFewDropped;) {
      look_at_open_targets();
      std::tie(viable, dropped) = drop_unviable();
    }
    return meetings();
  }

 private:
  /// Looks at the targets of one piece after the other. One for each thread.
  class Looker {
   public:
    explicit Looker(Rounds& rounds) : rounds_(rounds) {}
    ~Looker() { count_all(); }
    Looker(const Looker&) = delete;
    Looker& operator=(const Looker&) = delete;

    void operator()(std::size_t piece) {
      const std::span<const Hit> hits = rounds_.hits_.read(piece, room_);
      kept_.clear();
      for_each_target(hits, [&](std::span<const Hit> on_target) {
        std::uint8_t& open = rounds_.is_open_[on_target.front().target];
        open = open != 0 && count_viable_slots(on_target) ? 1 : 0;
        if (open != 0) kept_.append(on_target);
      });
      rounds_.hits_.shorten(piece, hits.size(), kept_.span());
    }

   private:
    /// Counts the target for every viable engager who acted on it in a slot of which enough are viable. returns
    /// whether there is such a slot
    bool count_viable_slots(std::span<const Hit> hits) {
      if (hits.size() < rounds_.rule_.slot_engagers) return false;
      rounds_.fill_roles(hits, roles_);
      repeats_.find(hits);
      counted_.resize(hits.size() + 1);
      std::size_t end = 0;
      std::size_t passed = 0;
      std::uint32_t all = 0;
      std::uint32_t viable = 0;
      bool any = false;
      for (std::size_t begin = 0; begin < hits.size(); ++begin) {
        for (; end < hits.size() && hits[end].time() - hits[begin].time() < rounds_.rule_.slot_seconds; ++end) {
          const unsigned role = roles_[end] * unsigned{repeats_.before(end) <= begin};
          all += role & kSeen;
          viable += role / kViable;
        }
        if (viable >= rounds_.rule_.slot_engagers && viable >= rounds_.rule_.least_density() * all) {
          any = true;
          for (; passed < begin; ++passed) pass(hits, passed, 0);
          for (; passed < end; ++passed) pass(hits, passed, 1);
        }
        const unsigned role = roles_[begin] * unsigned{repeats_.behind(begin) >= end};
        all -= role & kSeen;
        viable -= role / kViable;
      }
      return any;
    }

    /// in_viable_slot  1 or 0
    void pass(std::span<const Hit> hits, std::size_t i, unsigned in_viable_slot) {
      const unsigned before = counted_[repeats_.before(i)];
      const unsigned now = in_viable_slot & ~before & (roles_[i] / kViable);
      counted_[i + 1] = static_cast<std::uint8_t>(before | now);
      base::prefetch(&rounds_.viable_targets_[hits[i].engager]);
      counting_[counting_count_] = hits[i].engager;
      counting_count_ += now;
      if (counting_count_ == counting_.size()) count_all();
    }

    /// Several at a time, so that the waits for their counters overlap: to add for several threads waits for what is
    /// before it.
    void count_all() {
      for (const std::uint32_t engager : std::span(counting_).first(counting_count_))
        std::atomic_ref(rounds_.viable_targets_[engager]).fetch_add(1, std::memory_order_relaxed);
      counting_count_ = 0;
    }

    Rounds& rounds_;
    base::Buffer<Hit> room_, kept_;
    std::vector<std::uint8_t> roles_;           ///< by hit on the target
    Repeats repeats_;                           ///< among them
    std::vector<std::uint8_t> counted_{0};      ///< by hit, from 1 on: whether the target is counted for its engager
    std::array<std::uint32_t, 64> counting_{};  ///< engagers for whom the target is to be counted
    std::size_t counting_count_ = 0;
  };

  /// One look at every target that is open: counts the viable ones for their engagers.
  void look_at_open_targets() {
    base::parallel_workers(
        base::kPartitions, threads_, [&] { return Looker(*this); }, [](std::size_t) { return true; });
  }

  /// Drops engagers with too few of the targets that were counted for them. returns  how many are left, and are not
  std::pair<std::uint64_t, std::uint64_t> drop_unviable() {
    std::uint64_t viable = 0;
    std::uint64_t dropped = 0;
    for (std::size_t engager = 0; engager < is_viable_.size(); ++engager) {
      if (!is_viable_[engager]) continue;
      const std::uint32_t targets = std::exchange(viable_targets_[engager], 0);
      const bool enough = rule_.enough_targets(targets, distinct_targets_[engager]);
      is_viable_[engager] = enough;
      ++(enough ? viable : dropped);
    }
    return {viable, dropped};
  }

  void fill_roles(std::span<const Hit> hits, std::vector<std::uint8_t>& roles) const {
    roles.resize(hits.size());
    for (std::size_t i = 0; i < hits.size(); ++i) {
      const std::uint32_t engager = hits[i].engager;
      roles[i] =
          static_cast<std::uint8_t>((any_found_ && found_[engager] ? 0 : kSeen) | (is_viable_[engager] ? kViable : 0));
    }
  }

  /// How many viable hits on a target fall into one slot at the most: no slot holds more of anybody.
  std::uint32_t fullest(std::span<const Hit> hits, const std::vector<std::uint8_t>& roles) const {
    std::uint32_t inside = 0;
    std::uint32_t most = 0;
    std::size_t end = 0;
    for (std::size_t begin = 0; begin < hits.size(); ++begin) {
      for (; end < hits.size() && hits[end].time() - hits[begin].time() < rule_.slot_seconds; ++end)
        inside += roles[end] / kViable;
      most = std::max(most, inside);
      inside -= roles[begin] / kViable;
    }
    return most;
  }

  /// What is open after the last round, seen with those who were viable after it.
  Meetings meetings() {
    Meetings meetings;
    meetings.hits = gather_hits(hits_, [&](std::uint32_t target) { return is_open_[target] != 0; });
    std::vector<std::uint8_t> roles;
    for_each_target(std::span<const Hit>(meetings.hits), [&](std::span<const Hit> hits) {
      fill_roles(hits, roles);
      meetings.targets.push_back(hits.front().target);
      meetings.fullest.push_back(fullest(hits, roles));
    });
    number_anew(meetings);
    return meetings;
  }

  void number_anew(Meetings& meetings) {
    std::vector<std::uint32_t>& number = viable_targets_;  // by engager; all 0 after a round
    for (const Hit& hit : meetings.hits) number[hit.engager] = 1;
    for (std::uint32_t engager = 0; engager < number.size(); ++engager) {
      if (number[engager] == 0) continue;
      number[engager] = static_cast<std::uint32_t>(meetings.engagers.size());
      meetings.engagers.push_back(engager);
      meetings.viable.push_back(is_viable_[engager]);
    }
    std::uint32_t target = 0;
    for (Hit& hit : meetings.hits) {
      while (meetings.targets[target] < hit.target) ++target;
      hit.target = target;
      hit.engager = number[hit.engager];
    }
  }

  OpenHits hits_;
  const LockstepRule& rule_;
  const std::vector<bool>& found_;
  bool any_found_;
  const std::vector<std::uint32_t>& distinct_targets_;
  std::size_t threads_;
  std::vector<bool> is_viable_;                ///< by engager
  std::vector<std::uint8_t> is_open_;          ///< by target: it may hold a viable slot; closed for good otherwise
  std::vector<std::uint32_t> viable_targets_;  ///< by engager: targets counted in this round
};

}  // namespace

Meetings find_meetings(HitSource& source, const LockstepRule& rule, const std::vector<bool>& suspects,
                       const std::vector<bool>& found, const std::vector<std::uint32_t>& distinct_targets,
                       std::uint32_t targets, base::SpillArea& area, std::size_t threads) {
  return Rounds(source, rule, suspects, found, distinct_targets, targets, area, threads).run();
}

}  // namespace renown::score
