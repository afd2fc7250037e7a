/// Board: scores that are asked for, by number and from the top. The one place that lookup and topk know Renown's
/// serving structure by.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace renown::bench {

class Board {
 public:
  explicit Board(std::span<const double> scores) : scores_(scores.begin(), scores.end()) {}

  double score(std::uint32_t person) const { return scores_[person]; }

  /// The k highest scores, falling: one pass over all that keeps the best so far.
  std::vector<double> top(std::size_t k) const {
    std::vector<double> best;
    double least = -1.0;  // of the best, once there are k
    for (const double score : scores_) {
      if (score <= least) continue;
      best.push_back(score);
      if (best.size() < 8 * k) continue;
      std::ranges::nth_element(best, best.begin() + static_cast<std::ptrdiff_t>(k - 1), std::greater{});
      best.resize(k);
      least = best[k - 1];
    }
    std::ranges::sort(best, std::greater{});
    if (best.size() > k) best.resize(k);
    return best;
  }

 private:
  std::vector<double> scores_;
};

}  // namespace renown::bench
