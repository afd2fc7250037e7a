#include "generate/communities.h"

#include <algorithm>
#include <cmath>

namespace renown::generate {
namespace {

constexpr std::uint64_t kPeopleACommunity = 3000;
constexpr std::uint64_t kFewestMembers = 2;  // so that everybody has somebody to engage with

// In one community received rows fall with the rank like r^-s, which makes their distribution k^-(1 + 1/s). Over
// communities of unequal size s = 1.15 comes to an exponent of 1.95 and half of all rows for the top hundredth of
// targets; the Higgs week has 1.93, and 55 % in its first five days.
constexpr double kPopularity = 1.15;
constexpr double kPopularityShift = 0.5;

}  // namespace

Communities::Communities(std::uint64_t people) {
  const std::uint64_t count = std::max<std::uint64_t>(1, people / kPeopleACommunity);
  double total = 0.0;
  for (std::uint64_t i = 0; i < count; ++i) total += 1.0 / std::sqrt(static_cast<double>(i + 1));
  const auto to_share = static_cast<double>(people - count * kFewestMembers);
  double sum = 0.0;
  for (std::uint64_t i = 0; i < count; ++i) {
    begin_.push_back(i * kFewestMembers + static_cast<std::uint64_t>(to_share * std::min(1.0, sum / total)));
    sum += 1.0 / std::sqrt(static_cast<double>(i + 1));
  }
  begin_.push_back(people);
  for (std::uint64_t i = 0; i < count; ++i)
    members_.emplace_back(begin_[i + 1] - begin_[i], kPopularityShift, kPopularity);
  for (PersonNumber person = 0, community = 0; person < people; person += PersonNumber{1} << kHintBits) {
    while (begin_[community + 1] <= person) ++community;
    hint_.push_back(static_cast<std::uint32_t>(community));
  }
}

PersonNumber Communities::next_member(PersonNumber person) const {
  const std::uint64_t community = community_of(person);
  return person + 1 < begin_[community + 1] ? person + 1 : begin_[community];
}

}  // namespace renown::generate
