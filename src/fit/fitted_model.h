/// The model file of a fit: the base model with fitted constants, where they come from, and how they did.
#pragma once

#include <string>
#include <string_view>

#include "renown/result.h"
#include "renown/score_model.h"

#include "fit/fit.h"
#include "score/score_run.h"

namespace renown::fit {

/// What a fit was made of, in words and digests.
struct FitSource {
  std::string logs;         ///< names of the logs
  std::string data_digest;  ///< of their bytes, in hexadecimal
  std::string verified;     ///< how it was decided who is verified; empty: nobody
  std::int64_t as_of = 0;
};

/// "fit-20120704-1a2b3c4d": the day it is of, and a hash of data, moment, step and constants.
std::string fitted_name(const FitResult& fit, const FitSource& source);

/// Raw scores at each percent of the scored people of a run, by nearest rank; empty for a run without a score.
ReferenceQuantiles quantiles_of(const score::ScoreRun& run, const std::string& source);

/// base, base_name  text and name of the model that was fitted
/// errors           bad_input: the base writes a fitted constant in a way that cannot be replaced
Result<std::string> fitted_model_text(const FitResult& fit, const FitSource& source, std::string_view base,
                                      std::string_view base_name, const ReferenceQuantiles& unprotected,
                                      const ReferenceQuantiles& verified);

}  // namespace renown::fit
