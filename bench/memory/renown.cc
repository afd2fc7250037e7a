#include <optional>
#include <stdexcept>

#include <malloc.h>

#include "aggregate/act_maker.h"
#include "base/time.h"
#include "memory/task.h"
#include "score/pair_weigher.h"
#include "score/sweep.h"

namespace renown::bench::memory {
namespace {

double heap_in_use() {
  const auto info = mallinfo2();
  return static_cast<double>(info.uordblks) + static_cast<double>(info.hblkhd);
}

/// What was in use for `what` alone.
template <class T>
double let_go(T& what) {
  const double before = heap_in_use();
  what.reset();
  return before - heap_in_use();
}

class Renown final : public Candidate {
 public:
  explicit Renown(const Input& input) : input_(input) {}

  void run() override {
    weigh_pairs();
    score();
  }
  std::vector<std::pair<std::string, double>> parts() const override {
    return {{"pairs", bytes_a_pair_}, {"accounts", bytes_an_account_}};
  }

 private:
  void weigh_pairs() {
    FilledIntake filled(*input_.log);
    aggregate::Intake& intake = *filled.intake;
    const aggregate::AccountOrder order(intake.accounts());
    const aggregate::PersonNumbers persons(intake.accounts(), order, filled.people);
    const score::ActWeights weights(input_.model, order);
    const auto provoked_seconds =
        static_cast<std::int64_t>(input_.model.provoked_days * static_cast<double>(base::kSecondsPerDay));
    const aggregate::UndoSet undos;
    const std::int64_t as_of = *intake.newest() + 1;
    aggregate::ActMaker acts(intake, undos, order, persons, as_of, provoked_seconds);
    score::PairWeigher weigher(input_.model, as_of, weights, persons);

    auto pairs = std::make_unique<score::PartitionPairs>(filled.area);
    for (std::size_t partition = 0; partition < base::kPartitions; ++partition) {
      weigher.clear();
      acts.for_each_person(partition, [&](const aggregate::ActsOnPerson& target) {
        pairs->targets[partition].push_back({target.target, weigher.add(target)});
      });
      pairs->pairs.append(partition, weigher.weigh(pairs->share_engagements[partition]));
    }
    const auto count = static_cast<double>(pairs->pairs.size());
    bytes_a_pair_ = let_go(pairs) / count;
  }

  void score() {
    FilledIntake filled(*input_.log);
    const AccountSet nobody;
    const AccountSet verified = columns_of(*input_.log).verified_set;
    const std::int64_t as_of = *filled.intake->newest() + 1;
    double name_bytes = 0.0;
    const aggregate::AccountTable& accounts = filled.intake->accounts();
    const auto count = static_cast<double>(accounts.size());
    for (aggregate::AccountId id = 0; id < accounts.size(); ++id)
      name_bytes += static_cast<double>(accounts.key(id).size());
    auto result = score::sweep_scores(
        *filled.intake, filled.area,
        {.model = input_.model, .as_of = as_of, .people = filled.people, .verified = &verified, .pardoned = nobody},
        [](std::string_view, std::uint64_t, std::uint64_t) { return true; });
    if (!result) throw std::runtime_error(result.error().message);
    std::optional<score::ScoreSheet> sheet(std::move(*result));
    bytes_an_account_ = (let_go(sheet) - name_bytes) / count;
  }

  const Input& input_;
  double bytes_a_pair_ = 0.0;
  double bytes_an_account_ = 0.0;
};

}  // namespace

std::unique_ptr<Candidate> renown(const Input& input) {
  return std::make_unique<Renown>(input);
}

}  // namespace renown::bench::memory
