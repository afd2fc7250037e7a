#include <optional>

#include "aggregate/acts.h"
#include "base/time.h"
#include "live_event/task.h"
#include "score/explain.h"
#include "score/score_run.h"

namespace renown::bench::live_event {
namespace {

class WholeRun final : public Candidate {
 public:
  explicit WholeRun(const Input& input) : input_(input) {}

  void prepare() override {
    events_ = input_.events;
    for (std::size_t i = 0; i < kRows; ++i) events_.add(input_.row(i));
  }

  void run() override {
    const score::Lists lists{.people = &input_.nobody_linked, .verified = &input_.verified, .farm = nullptr};
    const auto provoked_seconds =
        static_cast<std::int64_t>(input_.model.provoked_days * static_cast<double>(base::kSecondsPerDay));
    run_ = score::score_acts(
        aggregate::derive_acts(std::move(events_), input_.nobody_linked, input_.as_of, provoked_seconds), lists,
        input_.model, input_.as_of, 1);
  }
  Outcome outcome() override {
    return outcome_of(run_->cards[*score::find_person(*run_, {input_.network, input_.target})]);
  }

 private:
  const Input& input_;
  aggregate::EventTable events_;
  std::optional<score::ScoreRun> run_;
};

}  // namespace

std::unique_ptr<Candidate> whole_run(const Input& input) {
  return std::make_unique<WholeRun>(input);
}

}  // namespace renown::bench::live_event
