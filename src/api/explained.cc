#include "api/explained.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "score/points.h"

namespace renown::api {

std::optional<double> Explained::points_of(double part) const {
  if (!why.card.score) return std::nullopt;
  const score::Scale scale(run().model);
  return scale.points(why.card.raw) - scale.points(std::max(0.0, why.card.raw - part));
}

Result<Explained> explain_subject(Context& context, Subject subject) {
  Explained explained{.subject = std::move(subject), .reasons = context.instance.reasons(), .number = {}, .why = {}};
  if (explained.reasons == nullptr)
    return Error{ErrorCode::busy, "the reasons of the scores are being worked out: ask again in a moment"};
  if (explained.subject.preferences.opted_out) return explained;
  explained.number = explained.reasons->number_of(*explained.subject.person);
  if (explained.number) explained.why = score::explain(explained.run(), *explained.number);
  return explained;
}

std::string account_text(const score::ScoreRun& run, score::AccountId account) {
  const aggregate::AccountName name = run.log.accounts[account];
  return fmt::format("{}:{}", name.network, name.account);
}

}  // namespace renown::api
