#include "instance/reasons.h"

#include <utility>

#include "base/time.h"
#include "score/explain.h"

namespace renown::instance {

Result<std::shared_ptr<const Reasons>> Reasons::make(const pipeline::ScoreRequest& request,
                                                     pipeline::Progress& progress) {
  auto log = pipeline::load_log(request, progress);
  if (!log) return log.error();
  progress.update("scoring", 0, 0, "people");
  std::shared_ptr<const Reasons> reasons(new Reasons(std::move(*log), request.threads));
  if (progress.cancelled()) return Error{ErrorCode::cancelled, "stopped"};
  return reasons;
}

Reasons::Reasons(pipeline::LoadedLog log, std::size_t threads)
    : lists_(std::move(log.lists)),
      rows_(log.read.total().interactions),
      before_(pipeline::score_events(log.events, lists_, log.model, log.as_of - kDaysBefore * base::kSecondsPerDay,
                                     threads)),
      run_(pipeline::score_events(std::move(log.events), lists_, log.model, log.as_of, threads)) {
  index_engaged();
}

std::optional<score::PersonId> Reasons::number_of(const people::Person& person) const {
  for (const people::LinkedAccount& linked : person.accounts) {
    if (const auto number = score::find_person(run_, linked.account)) return number;
  }
  return std::nullopt;
}

/// Pairs stand by target: here they are counted, and then put, by engager.
void Reasons::index_engaged() {
  const aggregate::PairTally& tally = run_.tally;
  const std::size_t persons = run_.log.people.size();
  const auto for_each_fresh = [&](const auto& take) {
    for (std::size_t target = 0; target < persons; ++target) {
      for (std::uint64_t i = tally.target_begin[target]; i < tally.target_begin[target + 1]; ++i) {
        if (run_.engagement[i] > 0.0) take(tally.pairs[i].engager, static_cast<score::PersonId>(target), i);
      }
    }
  };
  engaged_begin_.assign(persons + 1, 0);
  for_each_fresh([&](score::PersonId engager, score::PersonId, std::uint64_t) { ++engaged_begin_[engager + 1]; });
  for (std::size_t i = 0; i < persons; ++i) engaged_begin_[i + 1] += engaged_begin_[i];
  engaged_.resize(engaged_begin_.back());
  std::vector<std::uint64_t> next(engaged_begin_.begin(), engaged_begin_.end() - 1);
  for_each_fresh([&](score::PersonId engager, score::PersonId target, std::uint64_t pair) {
    engaged_[next[engager]++] = {target, pair};
  });
}

}  // namespace renown::instance
