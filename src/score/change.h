/// Change: why a raw score moved between two runs, as parts that sum to the difference.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "renown/account.h"

#include "score/score_run.h"

namespace renown::score {

enum class ChangeReason : std::uint8_t {
  new_engager,  ///< engaged for the first time
  renewed,      ///< engaged again
  faded,        ///< grew older, or left the window
  withdrawn,    ///< took an act back
  verified,     ///< is verified now
  unverified,   ///< is no longer verified
  farm,         ///< was found to be part of a farm, or no longer is
  links,        ///< accounts were linked to people, or links were cut
  standing,     ///< the engager's own standing moved
  room,         ///< room for unvouched attention (C) grew or shrank, or filled up
};

inline constexpr std::size_t kChangeReasons = 10;
inline constexpr std::array<std::string_view, kChangeReasons> kChangeReasonNames = {"new engagers",
                                                                                    "renewed",
                                                                                    "faded",
                                                                                    "withdrawn",
                                                                                    "newly verified",
                                                                                    "no longer verified",
                                                                                    "farm findings",
                                                                                    "links",
                                                                                    "standing of your engagers",
                                                                                    "room for unvouched attention"};

/// One engager's part in the change, for one reason.
struct ChangeLine {
  ChangeReason reason = ChangeReason::faded;
  AccountId actor = 0;      ///< an account of the engager, numbered in the later run
  double difference = 0.0;  ///< of the raw score, unit: people
};

struct Change {
  ScoreCard before, after;
  std::vector<ChangeLine> lines;                   ///< largest movement first
  std::array<double, kChangeReasons> by_reason{};  ///< sums of the lines
  std::array<std::uint64_t, kChangeReasons> engagers{};

  double total() const;  ///< raw after minus raw before, as the lines sum to it
};

/// Compares what stands behind the person who owns `account` (which `after` knows) in both runs. The runs must use the
/// same model constants; lists and as_of may differ.
///
/// A line's difference is taken in a fixed order of replacement: first the engagement itself (new, renewed, faded,
/// withdrawn), then being verified or not, then standing or room; so the lines sum exactly to the change.
Change compare_runs(const ScoreRun& before, const ScoreRun& after, const Account& account);

}  // namespace renown::score
