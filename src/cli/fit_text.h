/// What `renown fit` shows: the constants, and how they did beside the simple count.
#pragma once

#include <string>

#include "cli/terminal.h"
#include "fit/fit.h"

namespace renown::cli {

std::string fit_text(const Terminal& terminal, const fit::FitResult& fit, const ScoreModel& base);
std::string fit_json(const fit::FitResult& fit, const std::string& name);

}  // namespace renown::cli
