#include "score/interval.h"

#include <algorithm>
#include <cmath>

namespace renown::score {
namespace {

std::size_t group_of(std::string_view first, std::string_view second) {
  return base::stable_hash_joined({first, "\n", second}) % kGroups;
}

/// 10/9 of everybody but one group.
Engaged without(const std::array<Engaged, kGroups>& by_group, std::size_t left_out) {
  constexpr double kScaleUp = static_cast<double>(kGroups) / static_cast<double>(kGroups - 1);
  Engaged rest;
  for (std::size_t g = 0; g < kGroups; ++g) {
    if (g == left_out) continue;
    rest.vouched += by_group[g].vouched;
    rest.unvouched += by_group[g].unvouched;
  }
  return {rest.vouched * kScaleUp, rest.unvouched * kScaleUp};
}

}  // namespace

std::size_t group_of_person(std::string_view name) {
  return group_of("person", name);
}
std::size_t group_of_account(std::string_view network, std::string_view account) {
  return group_of(network, account);
}

std::size_t AccountGroups::operator()(std::string_view network, std::string_view account) {
  if (network != network_ || network_.empty()) {
    network_ = network;
    behind_network_ = base::StableHash().add(network).add("\n");
  }
  return base::StableHash(behind_network_).add(account).value() % kGroups;
}

Interval interval(double score, const std::array<Engaged, kGroups>& by_group, const Vouching& vouching,
                  const Scale& scale) {
  std::array<double, kGroups> points{};
  double mean = 0.0;
  for (std::size_t g = 0; g < kGroups; ++g) {
    points[g] = scale.points(vouching.raw(without(by_group, g)));
    mean += points[g];
  }
  mean /= static_cast<double>(kGroups);
  double squares = 0.0;
  for (const double p : points) squares += (p - mean) * (p - mean);
  const double half_width = 2.26 * std::sqrt(0.9 * squares);
  return {std::clamp(score - half_width, 1.0, 100.0), std::clamp(score + half_width, 1.0, 100.0)};
}

}  // namespace renown::score
