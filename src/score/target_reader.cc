#include "score/target_reader.h"

#include <algorithm>

#include "score/interval.h"

namespace renown::score {

static_assert(kGroups <= 64, "a group fits six bits");

void TargetReader::load(std::size_t partition) {
  partition_ = partition;
  loaded_.clear();
  pairs_.pairs.read(partition, loaded_);
}

std::ptrdiff_t TargetReader::count_own_shares(std::span<const WeighedPair> pairs) {
  return std::ranges::count(pairs, static_cast<std::uint32_t>(WeighedPair::Share::own),
                            [](const WeighedPair& pair) -> std::uint32_t { return pair.share; });
}

TargetEngagers TargetReader::read(aggregate::PersonId person, std::span<WeighedPair> pairs, const double*& share) {
  TargetEngagers target;
  target.person = person;
  engagers_.clear();
  std::size_t kept = 0;
  for (const WeighedPair& pair : pairs) {
    const auto form = static_cast<WeighedPair::Share>(pair.share);
    const double share_engagement = form == WeighedPair::Share::own   ? *share++
                                    : form == WeighedPair::Share::all ? pair.engagement
                                                                      : 0.0;
    const Trait trait = traits_[pair.engager];
    if (trait.in_farm) {
      target.farm_acts += pair.acts;
      continue;
    }
    target.interactions += pair.acts;
    target.reach += pair.inside_window;
    engagers_.push_back({.engagement = pair.engagement,
                         .share_engagement = share_engagement,
                         .standing = 1.0,
                         .group = trait.group,
                         .verified = trait.verified != 0});
    pairs[kept++] = pair;
  }
  target.pairs = pairs.first(kept);
  target.engagers = engagers_.span();
  return target;
}

}  // namespace renown::score
