/// Communities: who belongs together in a world, and who is popular there.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "generate/draws.h"

namespace renown::generate {

using PersonNumber = std::uint64_t;  ///< 0 ... people - 1, community after community, in each the most popular first

/// About one community for every 3,000 people, of sizes that fall like 1 / sqrt(rank). Memory: 48 bytes a community and
/// 4 bytes for each 1,024 people.
class Communities {
 public:
  explicit Communities(std::uint64_t people);

  std::uint64_t count() const { return members_.size(); }
  std::uint64_t community_of(PersonNumber person) const {
    std::uint64_t community = hint_[person >> kHintBits];
    while (begin_[community + 1] <= person) ++community;
    return community;
  }

  /// A person of that community, by popularity, for a draw u in (0, 1).
  PersonNumber popular_member(std::uint64_t community, double u) const {
    return begin_[community] + members_[community](u);
  }
  /// The same in steps that can be done for many at once: popular_member_of(community, base^exponent).
  double popularity_base(std::uint64_t community, double u) const { return members_[community].base(u); }
  double popularity_exponent() const { return members_.front().exponent(); }
  PersonNumber popular_member_of(std::uint64_t community, double power) const {
    return begin_[community] + members_[community].rank(power);
  }
  /// Any person of that community.
  PersonNumber member(std::uint64_t community, double u) const {
    const std::uint64_t size = begin_[community + 1] - begin_[community];
    return begin_[community] + std::min(size - 1, static_cast<std::uint64_t>(u * static_cast<double>(size)));
  }
  /// The person after this one in its community, after the last the first: whom to take instead.
  PersonNumber next_member(PersonNumber person) const;

 private:
  static constexpr unsigned kHintBits = 10;

  std::vector<PersonNumber> begin_;  ///< one more than there are communities
  std::vector<RankLaw> members_;     ///< by community
  std::vector<std::uint32_t> hint_;  ///< for each 1,024 people: the community of the first
};

}  // namespace renown::generate
