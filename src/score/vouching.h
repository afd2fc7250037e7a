/// Vouching: verified engagement opens room for unverified engagement, and only so much (docs/scoring/vouching.md).
#pragma once

#include <span>

#include "renown/score_model.h"

namespace renown::score {

/// V: engagement by verified people, standing included. U: engagement by all others. Both >= 0, unit: people.
struct Engaged {
  double vouched = 0.0;
  double unvouched = 0.0;
};

/// How a model bounds what nobody vouches for. Where no list of verified people is given nothing can be bounded: then
/// everybody counts alike (S = U) and the result is called unprotected.
class Vouching {
 public:
  Vouching(const ScoreModel& model, bool is_protected);

  /// C = c0 + kappa V: the most that unverified engagement can add. Infinite where unprotected.
  double room(double vouched) const;

  /// S = V + C (1 - exp(-U / C));  unprotected: S = U
  double raw(Engaged engaged) const;

  /// The same of each. raws  as many
  void raws(std::span<const Engaged> engaged, double* raws) const;

  /// C (1 - exp(-U / C)) / U, in (0, 1]: what a unit of unverified engagement counts. 1 at U = 0 and where unprotected.
  double unvouched_factor(Engaged engaged) const;

  /// V + C: no number of unverified accounts, whatever they do, lifts S above this. Only where protected.
  double bound(double vouched) const;

 private:
  double kappa_;
  double room_base_;
  bool is_protected_;
};

}  // namespace renown::score
