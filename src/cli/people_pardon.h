/// renown people pardon, unpardon, pardons: which accounts are no farm, by the operator's word.
#pragma once

#include <string>

#include "cli/options.h"

namespace renown::cli {

/// Makes the change and lists the pardons that stand. returns  the exit code
int change_pardons(const std::string& path, const PeopleOptions& options);

/// Lists the pardons that stand; as JSON the withdrawn ones too. returns  the exit code
int list_pardons(const std::string& path, const PeopleOptions& options);

}  // namespace renown::cli
