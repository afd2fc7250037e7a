/// The report of `renown attack` as JSON (docs/scoring/attacks.md has its members).
#pragma once

#include <string>
#include <string_view>

#include "attack/attack.h"
#include "pipeline/score_log.h"

namespace renown::attack {

/// Program version, digests of logs and lists, seeds, models with all constants, and the report. The same bytes for the
/// same rows, lists, request and version.
std::string attack_json(const AttackReport& report, const AttackRequest& request, const pipeline::LoadedLog& loaded,
                        std::string_view program_version);

}  // namespace renown::attack
