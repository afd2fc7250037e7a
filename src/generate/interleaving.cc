#include "generate/interleaving.h"

#include <algorithm>

namespace renown::generate {
namespace {

/// The time at that rank among `count` rows of a bin: between the two around it, or between one and the bin's end.
std::int64_t time_at(const Timetable& timetable, std::uint64_t bin, std::uint64_t first, std::uint64_t count,
                     double rank) {
  const std::uint64_t before = std::min(count, static_cast<std::uint64_t>(rank));
  const double from = before > 0 ? timetable.moment_of_row(first + before - 1).inside : 0.0;
  const double to = before < count ? timetable.moment_of_row(first + before).inside : 0x1.fffffffffffffp-1;
  const double part = std::min(1.0, rank - static_cast<double>(before));
  return timetable.time_of({bin, std::min(from + part * (to - from), to)});
}

}  // namespace

Interleaving::Interleaving(const Draws& draws, const Timetable& timetable,
                           const std::vector<std::uint64_t>& crowd_rows_before)
    : draws_(draws), crowd_rows_before_(crowd_rows_before) {
  begin_.reserve(crowd_rows_before.size());
  for (std::uint64_t bin = 0; bin < crowd_rows_before.size(); ++bin)
    begin_.push_back(timetable.first_row_of(bin) + crowd_rows_before[bin]);
}

Interleaving::Bin Interleaving::bin_of(std::uint64_t row) const {
  const auto after = std::ranges::upper_bound(begin_, row);
  const auto bin = static_cast<std::uint64_t>(after - begin_.begin()) - 1;
  const std::uint64_t crowd = crowd_rows_before_[bin], crowd_count = crowd_rows_before_[bin + 1] - crowd;
  return {bin, begin_[bin] - crowd, begin_[bin + 1] - begin_[bin] - crowd_count, crowd, crowd_count};
}

/// Where that row of crowds stands among the everyday rows of the bin: behind so many of them. Rises with the row.
double Interleaving::rank(const Bin& bin, std::uint64_t crowd_row) const {
  const double share = (static_cast<double>(crowd_row) + draws_.uniform(Purpose::crowd_place, bin.crowd + crowd_row)) /
                       static_cast<double>(bin.crowd_count);
  return share * static_cast<double>(bin.everyday_count + 1);
}

Interleaving::Place Interleaving::place(const Timetable& timetable, std::uint64_t row) const {
  const Bin bin = bin_of(row);
  const std::uint64_t in_bin = row - begin_[bin.number];
  // The first row of crowds whose place is this one or a later one. Places rise strictly.
  std::uint64_t least = 0, most = bin.crowd_count;
  double found = 0.0;
  while (least < most) {
    const std::uint64_t middle = least + (most - least) / 2;
    const double place = rank(bin, middle);
    if (std::min(bin.everyday_count, static_cast<std::uint64_t>(place)) + middle >= in_bin) {
      most = middle;
      found = place;
    } else {
      least = middle + 1;
    }
  }
  if (least < bin.crowd_count && std::min(bin.everyday_count, static_cast<std::uint64_t>(found)) + least == in_bin)
    return {true, bin.crowd + least, time_at(timetable, bin.number, bin.everyday, bin.everyday_count, found)};
  return {false, bin.everyday + in_bin - least, 0};
}

}  // namespace renown::generate
