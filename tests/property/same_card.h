/// Cards that are the same to the bit, field by field: what two ways to score must agree in.
#pragma once

#include <bit>
#include <cstdint>
#include <optional>

#include <rapidcheck.h>

#include "renown/score_card.h"

namespace renown::property {

inline bool same_bits(double a, double b) {
  return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b);
}

inline bool same_bits(const std::optional<double>& a, const std::optional<double>& b) {
  return a.has_value() == b.has_value() && (!a || same_bits(*a, *b));
}

inline void expect_same_card(const ScoreCard& a, const ScoreCard& b) {
  for (const auto field :
       {&ScoreCard::score, &ScoreCard::vouched_score, &ScoreCard::percentile, &ScoreCard::vouched_raw,
        &ScoreCard::score_low, &ScoreCard::score_high, &ScoreCard::bound_raw, &ScoreCard::bound_score})
    RC_ASSERT(same_bits(a.*field, b.*field));
  for (const auto field : {&ScoreCard::raw, &ScoreCard::amplification, &ScoreCard::coverage})
    RC_ASSERT(same_bits(a.*field, b.*field));
  RC_ASSERT(a.reach == b.reach);
  RC_ASSERT(a.interactions == b.interactions);
}

}  // namespace renown::property
