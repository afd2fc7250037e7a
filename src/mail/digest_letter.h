/// The summary of a person's score, from what was published and from what the page shows as reasons.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mail/letter.h"

namespace renown::mail {

enum class DigestCause : std::uint8_t { weekly, daily, now };

/// Something that moved the score within seven days.
struct Mover {
  std::string code = {};       ///< "new_engager", as of the page's `change.*`; empty: a post that people took part in
  double part = 0;             ///< of the raw score, in people
  std::uint64_t engagers = 0;  ///< with a post
  std::string about = {};      ///< what the post says, or how its network calls it
};

/// What is not known is empty; points are of 1 to 100.
struct DigestFacts {
  std::string day = {};  ///< the last day that the score holds: "2026-11-29"
  std::string model = {};
  std::optional<double> score = {}, low = {}, high = {};
  std::optional<double> moved_day = {}, moved_week = {};
  std::uint64_t missing = 0;  ///< people until there is a score
  bool is_hidden = false;     ///< the person does not want to see the number
  bool is_protected = false;
  std::vector<Mover> movers = {};       ///< the largest first
  std::vector<std::string> stale = {};  ///< networks that could not be read to their end
};

struct DigestFrame {
  std::string locale = {};
  std::string server = {};      ///< "renown.example"
  std::string public_url = {};  ///< what links begin with
  std::string stop_url = {};
  DigestCause cause = DigestCause::weekly;
};

inline constexpr std::size_t kMostMovers = 3;

Letter digest_letter(const DigestFacts& facts, const DigestFrame& frame);

}  // namespace renown::mail
