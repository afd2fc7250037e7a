#include <stdexcept>

#include "live_event/task.h"
#include "score/live_scores.h"

namespace renown::bench::live_event {
namespace {

class Renown final : public Candidate {
 public:
  explicit Renown(const Input& input) : input_(input) {}

  void prepare() override {
    const score::Lists lists{.people = &input_.nobody_linked, .verified = &input_.verified, .farm = nullptr};
    live_ = std::make_unique<score::LiveScores>(input_.events, lists, input_.model, input_.as_of, 1);
    live_->card(input_.network, input_.target);  // as somebody did before
  }

  void run() override {
    for (std::size_t i = 0; i < kRows; ++i) {
      if (const auto added = live_->add(input_.row(i)); !added) throw std::runtime_error(added.error().message);
      card_ = live_->card(input_.network, input_.target);
    }
  }
  double operations() const override { return kRows; }
  Outcome outcome() override { return outcome_of(card_); }

 private:
  const Input& input_;
  std::unique_ptr<score::LiveScores> live_;
  ScoreCard card_;
};

}  // namespace

std::unique_ptr<Candidate> renown(const Input& input) {
  return std::make_unique<Renown>(input);
}

}  // namespace renown::bench::live_event
