/// The reasons of a score as a short list, in the way of credit scores: what raises it, what limits it, each with a
/// stable code for programs and pages, and given to high scores too.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/explained.h"
#include "score/change.h"

namespace renown::api {

inline constexpr std::size_t kMostReasons = 5;

struct NamedReason {
  std::string_view code;
  double part = 0.0;             ///< of the raw score, in people: there, or missing
  std::optional<double> points;  ///< that it gives, or takes; nothing below the coverage floor
  std::uint64_t count = 0;       ///< engagers, or acts
  std::string about;             ///< the post or network; empty: the whole
  std::string words;             ///< in English
};

/// Largest first.
std::vector<NamedReason> what_raises(const Explained& explained);
std::vector<NamedReason> what_limits(const Context& context, const Explained& explained);

/// "new_engager", "faded", ...
std::string_view change_code(score::ChangeReason reason);

}  // namespace renown::api
