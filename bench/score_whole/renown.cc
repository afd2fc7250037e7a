#include <chrono>
#include <optional>
#include <stdexcept>

#include "score/sweep.h"
#include "score_whole/task.h"

namespace renown::bench::score_whole {
namespace {

using Clock = std::chrono::steady_clock;

class Renown final : public Candidate {
 public:
  Renown(const Input& input, const ScoreModel& model) : input_(input), model_(model) {}

  void prepare() override { filled_ = std::make_unique<FilledIntake>(*input_.log); }

  void run() override {
    const score::SweepRequest request{.model = model_,
                                      .as_of = input_.rows.as_of,
                                      .people = filled_->people,
                                      .verified = &input_.rows.verified_set,
                                      .pardoned = nobody_,
                                      .threads = 1};
    auto sheet = score::sweep_scores(*filled_->intake, filled_->area, request,
                                     [this](std::string_view stage, std::uint64_t, std::uint64_t) {
                                       note(stage);
                                       return true;
                                     });
    if (!sheet) throw std::runtime_error(sheet.error().message);
    sheet_.emplace(std::move(*sheet));
  }

  Outcome outcome() override {
    const aggregate::AccountTable& names = input_.rows.accounts;
    Scores scores(names.size(), input_.whole_cards);
    for (const aggregate::AccountId rank : sheet_->ranking()) {
      const auto name = sheet_->account(rank);
      const auto& numbers = sheet_->numbers(sheet_->person_of(rank));
      const aggregate::AccountId account = names.find(name.network, name.account);
      scores.set(account, numbers.raw, numbers.vouched);
      if (input_.whole_cards) scores.set_rest(account, numbers.amplification, numbers.half_width);
    }
    return std::move(scores).outcome();
  }

  /// The search for farms is what lies between the last word of tallying and the first of vouching.
  std::vector<std::pair<std::string, double>> parts() const override {
    const std::chrono::duration<double> farms = vouching_began_ - tallying_ended_;
    return {{"farm search", farms.count()}};
  }

 private:
  void note(std::string_view stage) {
    if (stage == "tallying") tallying_ended_ = Clock::now();
    if (stage == "vouching" && vouching_began_ == Clock::time_point{}) vouching_began_ = Clock::now();
  }

  const Input& input_;
  const ScoreModel& model_;
  const AccountSet nobody_;
  std::unique_ptr<FilledIntake> filled_;
  std::optional<score::ScoreSheet> sheet_;
  Clock::time_point tallying_ended_, vouching_began_;
};

}  // namespace

std::unique_ptr<Candidate> renown(const Input& input, const ScoreModel& model) {
  return std::make_unique<Renown>(input, model);
}

}  // namespace renown::bench::score_whole
