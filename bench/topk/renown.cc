#include <optional>

#include "common/drawn_snapshot.h"
#include "topk/task.h"

namespace renown::bench::topk {
namespace {

class Renown final : public Candidate {
 public:
  explicit Renown(const Input& input) : input_(input) {}

  void prepare() override { snapshot_.emplace(snapshot_of(input_.scores)); }
  void run() override {
    for (const aggregate::AccountId account : snapshot_->top(kTop)) top_.push_back(snapshot_->score(account));
  }
  Outcome outcome() override { return {.exact = {}, .close = top_}; }

 private:
  const Input& input_;
  std::optional<score::Snapshot> snapshot_;
  std::vector<double> top_;
};

}  // namespace

std::unique_ptr<Candidate> renown(const Input& input) {
  return std::make_unique<Renown>(input);
}

}  // namespace renown::bench::topk
