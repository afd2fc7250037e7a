#include <optional>

#include "common/drawn_snapshot.h"
#include "lookup/task.h"

namespace renown::bench::lookup {
namespace {

class Renown final : public Candidate {
 public:
  explicit Renown(const Input& input) : input_(input) {}

  void prepare() override { snapshot_.emplace(snapshot_of(input_.scores)); }

  /// As many as the other candidates are compared by; then more of them, to be timed.
  void run() override {
    for (std::uint64_t i = 0; i < kCompared; ++i) sum_ += snapshot_->score(input_.asked(i));
    double others = 0.0;
    for (std::uint64_t i = 0; i < kLookUps - kCompared; ++i) others += snapshot_->score(input_.asked(i));
    if (others < 0.0) sum_ = others;  // uses them: they must not be optimised away
  }
  double operations() const override { return kLookUps; }
  Outcome outcome() override { return {.exact = {}, .close = {sum_}}; }

 private:
  static constexpr std::uint64_t kCompared = 20'000;
  static constexpr std::uint64_t kLookUps = 20'000'000;

  const Input& input_;
  std::optional<score::Snapshot> snapshot_;
  double sum_ = 0.0;
};

}  // namespace

std::unique_ptr<Candidate> renown(const Input& input) {
  return std::make_unique<Renown>(input);
}

}  // namespace renown::bench::lookup
