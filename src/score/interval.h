/// Interval: how far chance could have moved a score (docs/scoring/interval.md).
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "base/hash.h"
#include "score/points.h"
#include "score/vouching.h"

namespace renown::score {

inline constexpr std::size_t kGroups = 10;

struct Interval {
  double low = 1.0;   ///< points
  double high = 1.0;  ///< points
};

/// The group of an engager-person, 0..9: by a hash of "person\n<name>" for a linked person, else of
/// "<network>\n<account>". Never changes, so that an interval recomputes to the same bytes.
std::size_t group_of_person(std::string_view name);
std::size_t group_of_account(std::string_view network, std::string_view account);

/// group_of_account() for many accounts one after the other: a network is hashed once as long as it stays the same.
class AccountGroups {
 public:
  std::size_t operator()(std::string_view network, std::string_view account);

 private:
  std::string network_;
  base::StableHash behind_network_;
};

/// A delete-a-group jackknife: P_g = P(S) from 10/9 of V and U without group g; se = sqrt(0.9 sum (P_g - mean)^2);
/// returns 2.26 se (Student's t at nine degrees of freedom, 95 %), unit: points.
/// Covers about 95 % from 100 engagers up; too narrow below 20.
double half_width(const std::array<Engaged, kGroups>& by_group, const Vouching& vouching, const Scale& scale);

/// score -/+ half_width, clamped to 1..100.
Interval interval(double score, double half_width);

}  // namespace renown::score
