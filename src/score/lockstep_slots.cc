#include "score/lockstep_slots.h"

#include <algorithm>

namespace renown::score {

HitTable::HitTable(const Meetings& meetings)
    : hits(meetings.hits),
      engagers(static_cast<std::uint32_t>(meetings.engagers.size())),
      targets(static_cast<std::uint32_t>(meetings.targets.size())),
      target_begin(targets + std::size_t{1}) {
  for (const Hit& hit : hits) ++target_begin[hit.target + std::size_t{1}];
  for (std::uint32_t target = 0; target < targets; ++target) target_begin[target + 1] += target_begin[target];
}

void SlotFinder::add_slots(std::span<const Position> hits, Region region, std::uint32_t least,
                           std::int64_t slot_seconds, std::vector<Slot>& slots) {
  if (hits.size() < least) return;
  const auto hit = [&](std::size_t i) -> const Hit& { return table_.hits[hits[i]]; };
  std::size_t fullest_begin = 0;
  std::uint32_t fullest = 0;
  std::uint32_t inside = 0;
  for (std::size_t begin = 0, end = 0; begin < hits.size(); ++begin) {
    for (; end < hits.size() && hit(end).time() - hit(begin).time() < slot_seconds; ++end) {
      if (count_[hit(end).engager]++ == 0) ++inside;
    }
    if (inside > fullest) {
      fullest_begin = begin;
      fullest = inside;
    }
    if (--count_[hit(begin).engager] == 0) --inside;
  }
  if (fullest < least) return;
  const Slot slot = slot_with(hits.subspan(fullest_begin), region, fullest, slot_seconds);
  add_slots(hits.first(fullest_begin), {region.first, slot.first}, least, slot_seconds, slots);
  slots.push_back(slot);
  add_slots({std::ranges::lower_bound(hits, slot.last), hits.end()}, {slot.last, region.last}, least, slot_seconds,
            slots);
}

/// The slot that holds the first `engagers` different engagers of `hits`: it begins as early as it can with all of them
/// in it, so that who came shortly before them is in it too.
Slot SlotFinder::slot_with(std::span<const Position> hits, Region region, std::uint32_t engagers,
                           std::int64_t slot_seconds) {
  std::size_t end = 0;
  for (std::uint32_t met = 0; met < engagers; ++end) met += count_[table_.hits[hits[end]].engager]++ == 0 ? 1 : 0;
  for (std::size_t i = 0; i < end; ++i) count_[table_.hits[hits[i]].engager] = 0;
  const std::int64_t latest = table_.hits[hits[end - 1]].time();
  const auto of_region = table_.hits.subspan(region.first, region.last - region.first);
  const auto first =
      std::ranges::partition_point(of_region, [&](const Hit& hit) { return latest - hit.time() >= slot_seconds; });
  const auto last = std::ranges::partition_point(
      of_region, [&](const Hit& hit) { return hit.time() - first->time() < slot_seconds; });
  const auto position = [&](auto at) { return region.first + static_cast<std::uint64_t>(at - of_region.begin()); };
  return {.target = first->target, .first = position(first), .last = position(last), .engagers = engagers};
}

std::uint32_t SlotFinder::distinct(std::uint64_t first, std::uint64_t last, const std::vector<bool>& found) {
  std::uint32_t number = 0;
  for (std::uint64_t i = first; i < last; ++i) {
    if (!found[table_.hits[i].engager] && count_[table_.hits[i].engager]++ == 0) ++number;
  }
  for (std::uint64_t i = first; i < last; ++i) count_[table_.hits[i].engager] = 0;
  return number;
}

}  // namespace renown::score
