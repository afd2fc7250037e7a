#include "attack/equivalent.h"

namespace renown::attack {
namespace {

constexpr double kMostPeople = 1e12;
constexpr int kHalvings = 100;  // until no double lies between

}  // namespace

double equivalent_people(const ScoreModel& model, const score::Vouching& vouching, score::Engaged before,
                         double verified_mix, double raw_after) {
  const double each = model.fast_share + model.slow_share;
  const auto raw_with = [&](double people) {
    return vouching.raw(
        {before.vouched + people * verified_mix * each, before.unvouched + people * (1.0 - verified_mix) * each});
  };
  double low = 0.0;
  double high = 1.0;
  if (raw_with(low) >= raw_after) return 0.0;
  while (raw_with(high) < raw_after && high < kMostPeople) high *= 2.0;
  for (int i = 0; i < kHalvings; ++i) {
    const double middle = low + (high - low) / 2.0;
    (raw_with(middle) < raw_after ? low : high) = middle;
  }
  return high;
}

}  // namespace renown::attack
