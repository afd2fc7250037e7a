/// Interleaving: how the rows of crowds stand between the everyday rows, so that all are in order of time.
#pragma once

#include <cstdint>
#include <vector>

#include "generate/draws.h"
#include "generate/timetable.h"

namespace renown::generate {

/// In each bin the rows of crowds are spread evenly over the ranks of its everyday rows. Any row is found by itself.
class Interleaving {
 public:
  /// crowd_rows_before  by bin: rows of crowds in bins before it; one more than there are bins. Empty: there are none
  Interleaving(const Draws& draws, const Timetable& timetable, const std::vector<std::uint64_t>& crowd_rows_before);

  struct Place {
    bool of_crowd = false;
    std::uint64_t number = 0;  ///< among the everyday rows, or among the rows of crowds
    std::int64_t time = 0;     ///< of a row of crowds
  };

  bool has_crowds() const { return !begin_.empty(); }

  /// To be called where there are crowds, with the timetable it was made for.
  Place place(const Timetable& timetable, std::uint64_t row) const;

 private:
  /// Rows of one bin.
  struct Bin {
    std::uint64_t number;
    std::uint64_t everyday, everyday_count;  ///< the first, and how many
    std::uint64_t crowd, crowd_count;
  };

  Bin bin_of(std::uint64_t row) const;
  double rank(const Bin& bin, std::uint64_t crowd_row) const;

  Draws draws_;
  std::vector<std::uint64_t> begin_;              ///< by bin: all rows before it; one more than there are bins
  std::vector<std::uint64_t> crowd_rows_before_;  ///< the same of crowds
};

}  // namespace renown::generate
