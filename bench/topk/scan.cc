#include <algorithm>
#include <functional>

#include "topk/task.h"

namespace renown::bench::topk {
namespace {

/// One pass over all that keeps the best so far: what it costs where no order stands.
class Scan final : public Candidate {
 public:
  explicit Scan(const Input& input) : scores_(input.scores) {}

  void run() override {
    best_.clear();
    double least = -1.0;  // of the best, once there are enough
    for (const double score : scores_) {
      if (score <= least) continue;
      best_.push_back(score);
      if (best_.size() < 8 * kTop) continue;
      std::ranges::nth_element(best_, best_.begin() + kTop - 1, std::greater{});
      best_.resize(kTop);
      least = best_[kTop - 1];
    }
    std::ranges::sort(best_, std::greater{});
    best_.resize(std::min(kTop, best_.size()));
  }
  Outcome outcome() override { return {.exact = {}, .close = best_}; }

 private:
  const std::vector<double>& scores_;
  std::vector<double> best_;
};

}  // namespace

std::unique_ptr<Candidate> scan(const Input& input) {
  return std::make_unique<Scan>(input);
}

}  // namespace renown::bench::topk
