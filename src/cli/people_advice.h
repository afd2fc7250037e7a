/// What renown people suggest and renown people check say. They change nothing.
#pragma once

#include "cli/options.h"
#include "people/registry.h"
#include "pipeline/people_folder.h"

namespace renown::cli {

/// returns  the exit code
int suggest(pipeline::PeopleFolder& folder, const PeopleOptions& options);
int check(pipeline::PeopleFolder& folder, const people::Person& person, const PeopleOptions& options);

}  // namespace renown::cli
