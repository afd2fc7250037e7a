/// Explained: a subject with the reasons of the last run.
#pragma once

#include <optional>

#include "renown/result.h"

#include "api/subject.h"
#include "base/held.h"
#include "score/explain.h"

namespace renown::api {

struct Explained {
  Subject subject;
  base::Held<instance::Reasons> reasons;
  std::optional<score::PersonId> number;  ///< nothing: no account of the person is in the log, or they opted out
  score::Explanation why;                 ///< empty without a number

  const score::ScoreRun& run() const { return reasons->run(); }

  /// By how much the points would fall if a part of the raw score were gone; nothing below the coverage floor.
  std::optional<double> points_of(double part) const;
};

/// As find_subject, with reasons: for handlers on workers. errors  busy too, while the first run is under way
Result<Explained> explain_subject(Context& context, Subject subject);

/// "NETWORK:ACCOUNT": how the API names an engager to the person they engaged with.
std::string account_text(const score::ScoreRun& run, score::AccountId account);

}  // namespace renown::api
