/// What an erase took away, for programs: the same of one account and of a person who opts out.
#pragma once

#include <string>

#include "pipeline/people_folder.h"

namespace renown::cli {

std::string erase_json(const pipeline::EraseSummary& gone);

}  // namespace renown::cli
