#include "common/comparison.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace renown::bench {
namespace {

bool close(double wanted, double got) {
  if (std::isnan(wanted) || std::isnan(got)) return false;
  return std::abs(wanted - got) <= kTolerance * std::max({1.0, std::abs(wanted), std::abs(got)});
}

}  // namespace

std::string difference(const std::string& wanted_name, const Outcome& wanted, const std::string& name,
                       const Outcome& got) {
  if (wanted.exact.size() != got.exact.size() || wanted.close.size() != got.close.size())
    return fmt::format("{} found {} values and {} found {}: they do not do the same thing", name,
                       got.exact.size() + got.close.size(), wanted_name, wanted.exact.size() + wanted.close.size());
  for (std::size_t i = 0; i < wanted.exact.size(); ++i) {
    if (wanted.exact[i] != got.exact[i])
      return fmt::format("{} found {} where {} found {} (exact value {})", name, got.exact[i], wanted_name,
                         wanted.exact[i], i);
  }
  for (std::size_t i = 0; i < wanted.close.size(); ++i) {
    if (!close(wanted.close[i], got.close[i]))
      return fmt::format("{} found {} where {} found {} (value {})", name, got.close[i], wanted_name, wanted.close[i],
                         i);
  }
  return "";
}

}  // namespace renown::bench
