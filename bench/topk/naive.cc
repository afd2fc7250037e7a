#include <algorithm>
#include <functional>

#include "topk/task.h"

namespace renown::bench::topk {
namespace {

class Naive final : public Candidate {
 public:
  explicit Naive(const Input& input) : scores_(input.scores) {}

  void run() override {
    copy_ = scores_;
    std::ranges::sort(copy_, std::greater{});
    copy_.resize(std::min(kTop, copy_.size()));
  }
  Outcome outcome() override { return {.exact = {}, .close = copy_}; }

 private:
  const std::vector<double>& scores_;
  std::vector<double> copy_;
};

}  // namespace

std::unique_ptr<Candidate> naive(const Input& input) {
  return std::make_unique<Naive>(input);
}

}  // namespace renown::bench::topk
