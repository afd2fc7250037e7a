/// Model files: TOML with every constant of a score, its unit, reason and source (models/renown-0.1.toml).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "renown/result.h"
#include "renown/score_model.h"

namespace renown::score {

inline constexpr std::string_view kDefaultModel = "renown-0.1";

/// Names of the models that are part of the program, newest last.
std::vector<std::string_view> shipped_models();

/// The text of a shipped model file; empty for an unknown name.
std::string_view shipped_model(std::string_view name);

/// Reads a model.
///
/// text   the file; name  used in error sentences
/// errors bad_input naming the constant: missing, unknown, of the wrong type or outside its range, without unit, reason
///        or source, shares that do not sum to 1, kind weights that rise along the order of kinds
Result<ScoreModel> parse_model(std::string_view text, std::string_view name);

/// The same model with all half-lives scaled so that the slow one is `days`; named "...~h=<days>".
/// errors  usage: days must be above 0
Result<ScoreModel> with_half_life(ScoreModel model, double days);

/// The same model with rho = share; named "...~rho=<share>". errors  usage: share must be in (0, 1]
Result<ScoreModel> with_verified_share(ScoreModel model, double share);

/// Every constant as "name = value" lines in a fixed order: what the lock file repeats.
std::vector<std::pair<std::string, std::string>> constants(const ScoreModel& model);

}  // namespace renown::score
