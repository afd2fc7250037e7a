#include "score/vouching.h"

#include <limits>

#include "base/math.h"

namespace renown::score {

Vouching::Vouching(const ScoreModel& model, bool is_protected)
    : kappa_(model.kappa()), room_base_(model.room_base()), is_protected_(is_protected) {}

double Vouching::room(double vouched) const {
  return is_protected_ ? room_base_ + kappa_ * vouched : std::numeric_limits<double>::infinity();
}

double Vouching::unvouched_factor(Engaged engaged) const {
  if (!is_protected_ || engaged.unvouched == 0.0) return 1.0;
  const double filled = engaged.unvouched / room(engaged.vouched);
  return -base::expm1(-filled) / filled;
}

double Vouching::raw(Engaged engaged) const {
  if (!is_protected_) return engaged.unvouched;
  const double open = room(engaged.vouched);
  return engaged.vouched - open * base::expm1(-engaged.unvouched / open);
}

void Vouching::raws(std::span<const Engaged> engaged, double* raws) const {
  for (std::size_t i = 0; i < engaged.size(); ++i)
    raws[i] = is_protected_ ? -engaged[i].unvouched / room(engaged[i].vouched) : engaged[i].unvouched;
  if (!is_protected_) return;
  base::expm1(std::span(raws, engaged.size()));
  for (std::size_t i = 0; i < engaged.size(); ++i) raws[i] = engaged[i].vouched - room(engaged[i].vouched) * raws[i];
}

double Vouching::bound(double vouched) const {
  return vouched + room(vouched);
}

}  // namespace renown::score
