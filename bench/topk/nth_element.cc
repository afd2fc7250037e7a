#include <algorithm>
#include <functional>

#include "topk/task.h"

namespace renown::bench::topk {
namespace {

class NthElement final : public Candidate {
 public:
  explicit NthElement(const Input& input) : scores_(input.scores) {}

  void run() override {
    copy_ = scores_;
    const auto end = copy_.begin() + static_cast<std::ptrdiff_t>(std::min(kTop, copy_.size()));
    std::ranges::nth_element(copy_, end, std::greater{});
    copy_.erase(end, copy_.end());
    std::ranges::sort(copy_, std::greater{});
  }
  Outcome outcome() override { return {.exact = {}, .close = copy_}; }

 private:
  const std::vector<double>& scores_;
  std::vector<double> copy_;
};

}  // namespace

std::unique_ptr<Candidate> nth_element(const Input& input) {
  return std::make_unique<NthElement>(input);
}

}  // namespace renown::bench::topk
