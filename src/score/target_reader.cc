#include "score/target_reader.h"

#include <algorithm>
#include <utility>

#include "base/prefetch.h"
#include "score/interval.h"

namespace renown::score {

static_assert(kGroups <= 64, "a group fits six bits");

namespace {

constexpr std::ptrdiff_t kAhead = 16;  ///< pairs, also of targets that follow, between asking for a trait and using it

}  // namespace

void TargetReader::load(std::size_t partition) {
  partition_ = partition;
  loaded_ = pairs_.pairs.view(partition, room_);
}

std::ptrdiff_t TargetReader::count_own_shares(std::span<const WeighedPair> pairs) {
  return std::ranges::count(pairs, static_cast<std::uint32_t>(WeighedPair::Share::own),
                            [](const WeighedPair& pair) -> std::uint32_t { return pair.share; });
}

TargetEngagers TargetReader::read(aggregate::PersonId person, std::span<const WeighedPair> pairs,
                                  const double*& share) {
  TargetEngagers target;
  target.person = person;
  target.pairs = pairs;
  target.with_farms = pairs;
  engagers_.resize(pairs.size());
  Engager* engager = engagers_.data();
  bool is_whole = true;
  for (const WeighedPair& pair : pairs) {
    const std::ptrdiff_t behind = &loaded_.back() - &pair;
    base::prefetch(&traits_[(&pair + std::min(kAhead, behind))->engager]);
    const auto form = static_cast<WeighedPair::Share>(pair.share);
    const double share_engagement = form == WeighedPair::Share::own   ? *share++
                                    : form == WeighedPair::Share::all ? pair.engagement
                                                                      : 0.0;
    const Trait trait = traits_[pair.engager];
    if (trait.in_farm) {
      target.farm_acts += pair.acts;
      if (std::exchange(is_whole, false)) {
        kept_.clear();
        kept_.append(pairs.first(static_cast<std::size_t>(&pair - pairs.data())));
      }
      continue;
    }
    target.interactions += pair.acts;
    target.reach += pair.inside_window;
    *engager++ = {.engagement = pair.engagement,
                  .share_engagement = share_engagement,
                  .standing = 1.0,
                  .group = trait.group,
                  .verified = trait.verified != 0};
    if (!is_whole) kept_.push_back(pair);
  }
  if (!is_whole) target.pairs = kept_.span();
  target.engagers = {engagers_.data(), target.pairs.size()};
  return target;
}

}  // namespace renown::score
