#include "attack/spread.h"

#include <algorithm>
#include <cmath>

namespace renown::attack {

double student_95(std::size_t degrees) {
  if (degrees <= 1) return 6.313751514675;
  if (degrees == 2) return 2.919985580355;
  constexpr double z = 1.6448536269514722;
  const double v = static_cast<double>(degrees);
  const double z3 = z * z * z;
  const double z5 = z3 * z * z;
  const double z7 = z5 * z * z;
  const double z9 = z7 * z * z;
  return z + (z3 + z) / 4 / v + (5 * z5 + 16 * z3 + 3 * z) / 96 / (v * v) +
         (3 * z7 + 19 * z5 + 17 * z3 - 15 * z) / 384 / (v * v * v) +
         (79 * z9 + 776 * z7 + 1482 * z5 - 1920 * z3 - 945 * z) / 92160 / (v * v * v * v);
}

Spread spread_of(const std::vector<double>& figures) {
  Spread spread;
  spread.count = figures.size();
  if (figures.empty()) return spread;
  const double count = static_cast<double>(figures.size());
  double sum = 0.0;
  for (const double figure : figures) sum += figure;
  spread.mean = sum / count;
  spread.least = std::ranges::min(figures);
  spread.most = std::ranges::max(figures);
  if (figures.size() < 2) return spread;
  double squares = 0.0;
  for (const double figure : figures) squares += (figure - spread.mean) * (figure - spread.mean);
  spread.upper = spread.mean + student_95(figures.size() - 1) * std::sqrt(squares / (count - 1) / count);
  return spread;
}

}  // namespace renown::attack
