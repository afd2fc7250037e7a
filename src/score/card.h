/// Card: from the weighed engagers of one person to what the person is told. The one place where a score is summed.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "renown/score_card.h"
#include "renown/score_model.h"

#include "score/points.h"
#include "score/vouching.h"

namespace renown::score {

/// One engager of a target.
struct Engager {
  double engagement = 0.0;        ///< w, unit: people
  double share_engagement = 0.0;  ///< w of reposts and quotes alone
  double standing = 1.0;          ///< m; 1 for an unverified engager
  std::uint8_t group = 0;         ///< of the interval
  bool verified = false;
};

/// What a card follows from: 48 bytes, where a ScoreCard has 200.
struct CardNumbers {
  double raw = 0.0;                ///< S
  double vouched = 0.0;            ///< V; 0 where unprotected
  double amplification = 0.0;      ///< S of reposts and quotes alone
  double half_width = 0.0;         ///< of the interval, points; 0 below the coverage floor
  std::uint64_t interactions = 0;  ///< acts received and kept, of any age
  std::uint32_t reach = 0;         ///< engagers inside the window
};

class CardMaker {
 public:
  CardMaker(const ScoreModel& model, bool is_protected)
      : model_(model), scale_(model), vouching_(model, is_protected), is_protected_(is_protected) {}

  /// V and U, each summed in the order of the engagers, which must be that of their numbers.
  Engaged engaged(std::span<const Engager> engagers) const;

  CardNumbers numbers(std::span<const Engager> engagers, std::uint64_t interactions, std::uint32_t reach) const;

  /// Everything else follows; fields that need a list or enough engagers are empty without.
  ScoreCard card(const CardNumbers& numbers) const;

  /// P(S) alone; nothing below the coverage floor.
  std::optional<double> score(const CardNumbers& numbers) const {
    if (!covered(numbers.reach)) return std::nullopt;
    return scale_.points(numbers.raw);
  }

  const Vouching& vouching() const { return vouching_; }
  const Scale& scale() const { return scale_; }

 private:
  bool covered(std::uint32_t reach) const { return static_cast<double>(reach) >= model_.minimum_engagers; }

  const ScoreModel& model_;
  Scale scale_;
  Vouching vouching_;
  bool is_protected_;
};

}  // namespace renown::score
