/// Communities: who belongs together in a world, and who is popular there.
#pragma once

#include <cstdint>
#include <vector>

#include "generate/draws.h"

namespace renown::generate {

using PersonNumber = std::uint64_t;  ///< 0 ... people - 1, community after community, in each the most popular first

/// About one community for every 3,000 people, of sizes that fall like 1 / sqrt(rank). Memory: 48 bytes a community.
class Communities {
 public:
  explicit Communities(std::uint64_t people);

  std::uint64_t count() const { return members_.size(); }
  std::uint64_t community_of(PersonNumber person) const;

  /// A person of that community, by popularity, for a draw u in (0, 1).
  PersonNumber popular_member(std::uint64_t community, double u) const;
  /// Any person of that community.
  PersonNumber member(std::uint64_t community, double u) const;
  /// The person after this one in its community, after the last the first: whom to take instead.
  PersonNumber next_member(PersonNumber person) const;

 private:
  std::vector<PersonNumber> begin_;  ///< one more than there are communities
  std::vector<RankLaw> members_;     ///< by community
};

}  // namespace renown::generate
