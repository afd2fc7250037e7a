#include "score/interval.h"

#include <algorithm>
#include <cmath>
#include <optional>

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

double half_width(const std::array<Engaged, kGroups>& by_group, const Vouching& vouching, const Scale& scale) {
  // Without a group that holds nobody the others are the same, and so is what follows: few engagers, few groups.
  std::array<Engaged, kGroups> rests;  // that differ
  std::array<std::size_t, kGroups> rest_of;
  std::size_t count = 0;
  std::optional<std::size_t> everybody;
  for (std::size_t g = 0; g < kGroups; ++g) {
    const bool is_empty = by_group[g].vouched == 0.0 && by_group[g].unvouched == 0.0;
    rest_of[g] = is_empty ? everybody.value_or(count) : count;
    if (is_empty && everybody) continue;
    if (is_empty) everybody = count;
    rests[count++] = without(by_group, g);
  }
  std::array<double, kGroups> points;
  vouching.raws(std::span(rests).first(count), points.data());
  scale.points(std::span(points).first(count));
  double mean = 0.0;
  for (const std::size_t rest : rest_of) mean += points[rest];
  mean /= static_cast<double>(kGroups);
  double squares = 0.0;
  for (const std::size_t rest : rest_of) squares += (points[rest] - mean) * (points[rest] - mean);
  return 2.26 * std::sqrt(0.9 * squares);
}

Interval interval(double score, double half_width) {
  return {std::clamp(score - half_width, 1.0, 100.0), std::clamp(score + half_width, 1.0, 100.0)};
}

}  // namespace renown::score
