#include "generate/quick_math.h"

#include "base/math.h"

namespace renown::generate {

QuickTables::QuickTables() {
  for (std::size_t i = 0; i < kSteps; ++i) {
    const double centre = 1.0 + (static_cast<double>(i) + 0.5) / kSteps;
    inverse[i] = 1.0 / centre;
    logarithm[i] = -base::log1p(inverse[i] - 1.0);  // of what the inverse is rounded to, not of the centre
    power[i] = base::exp2(static_cast<double>(i) / kSteps);
  }
}

const QuickTables kQuick;

}  // namespace renown::generate
