/// The tables of `renown attack` on a terminal.
#pragma once

#include <string>

#include "attack/attack.h"
#include "cli/terminal.h"

namespace renown::cli {

/// For each share a table of the scenarios and one of the bots; then what simple rankings would have paid, and the
/// checks.
std::string attack_text(const Terminal& terminal, const attack::AttackRequest& request,
                        const attack::AttackReport& report);

}  // namespace renown::cli
