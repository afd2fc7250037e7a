/// Faults: what real logs have and clean ones do not. Which row has which is a function of its number.
#pragma once

#include <cstdint>

#include "generate/draws.h"

namespace renown::generate {

enum class Fault : std::uint8_t {
  none,
  twin,    ///< the row before it, a reply, logged as a mention too
  own,     ///< somebody engages with oneself
  repeat,  ///< an earlier row is delivered again
  late,    ///< the row comes up to three days after it happened
  undo     ///< an earlier row is withdrawn
};

inline constexpr std::size_t kFaults = 6;

class Faults {
 public:
  /// share  of the rows that have one, in [0, 0.5]
  Faults(const Draws& draws, double share) : draws_(draws), share_(share) {}

  bool any() const { return share_ > 0.0; }

  Fault of(std::uint64_t row) const;

  /// The row that a repeat or an undo is about: an earlier one without a fault.
  std::uint64_t earlier(std::uint64_t row) const;

  /// By how much a late row is late: 1 minute to 3 days, in seconds.
  std::int64_t lateness(std::uint64_t row) const;

  /// Whether an undo names the id of what it withdraws, or else its target and post.
  bool names_id(std::uint64_t row) const;

  /// The share of the world's days after which a person goes on under another handle; 1 or more: never.
  double renamed_after(std::uint64_t person) const;

 private:
  Fault drawn(std::uint64_t row) const;

  Draws draws_;
  double share_;
};

}  // namespace renown::generate
