/// Draws: random numbers that are functions of (seed, purpose, index), so that any part of a world can be made alone.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include "base/hash.h"
#include "generate/quick_math.h"

namespace renown::generate {

/// What a number is drawn for. The values are part of every world: append, never renumber.
enum class Purpose : std::uint64_t {
  moment,
  source,
  actor,
  inside,
  community,
  target,
  kind,
  origin,
  lag,
  answer,
  delay,
  shock_time,
  shock_size,
  shock_person,
  crowd,
  crowd_order,
  crowd_kind,
  crowd_target,
  crowd_member,
  crowd_time,
  crowd_place,
  fault,
  fault_kind,
  fault_size,
  rename,
  shock_community
};

inline constexpr std::size_t kPurposes = 26;

class Draws {
 public:
  explicit Draws(std::uint64_t seed);

  std::uint64_t bits(Purpose purpose, std::uint64_t index) const {
    return base::mix64(streams_[static_cast<std::size_t>(purpose)] + index * kGolden);
  }

  /// In the open interval (0, 1).
  double uniform(Purpose purpose, std::uint64_t index) const {
    return (static_cast<double>(bits(purpose, index) >> 12) + 0.5) * 0x1p-52;
  }

  /// e^(mu + sigma z), z standard normal.
  double log_normal(Purpose purpose, std::uint64_t index, double mu, double sigma) const;

 private:
  static constexpr std::uint64_t kGolden = 0x9e3779b97f4a7c15;  // odd: consecutive indices become distinct, far apart

  std::array<std::uint64_t, kPurposes> streams_{};
};

/// The z below which a standard normal variable lies with probability p in (0, 1). Relative error below 1.2e-9
/// (P. J. Acklam's rational approximation); the same bits on every x86-64 machine.
double normal_quantile(double p);

/// Whether p is so near 0 or 1 that another formula holds than in between.
inline bool in_normal_tail(double p) {
  constexpr double kTail = 0.02425;
  return p < kTail || p > 1.0 - kTail;
}

/// normal_quantile(p) where p is not in a tail.
inline double central_normal_quantile(double p) {
  const double q = p - 0.5;
  const double r = q * q;
  return (((((-3.969683028665376e+01 * r + 2.209460984245205e+02) * r - 2.759285104469687e+02) * r +
            1.383577518672690e+02) *
               r -
           3.066479806614716e+01) *
              r +
          2.506628277459239e+00) *
         q /
         (((((-5.447609879822406e+01 * r + 1.615858368580409e+02) * r - 1.556989798598866e+02) * r +
            6.680131188771972e+01) *
               r -
           1.328068155288572e+01) *
              r +
          1.0);
}

/// Draws ranks 0 ... count - 1 where rank r has weight (r + shift)^-exponent: its head is flatter the larger the shift.
class RankLaw {
 public:
  /// count >= 1; shift > 0; exponent > 0 and not 1
  RankLaw(std::uint64_t count, double shift, double exponent);

  /// The rank at that quantile u in (0, 1).
  std::uint64_t operator()(double u) const { return rank(power(base(u), inverse_)); }

  /// The same in three steps, the second of which can be done for many at once: rank(base(u)^exponent()).
  double base(double u) const { return at_first_ + u * width_; }
  double exponent() const { return inverse_; }
  std::uint64_t rank(double power) const {
    return std::min(count_ - 1, static_cast<std::uint64_t>(std::max(0.0, power - shift_)));
  }

 private:
  std::uint64_t count_;
  double shift_;
  double inverse_;           ///< 1 / (1 - exponent)
  double at_first_, width_;  ///< (0 + shift)^(1 - exponent), and what is added to it up to (count + shift)
};

}  // namespace renown::generate
