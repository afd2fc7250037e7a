/// The arguments of renown people.
#pragma once

#include "cli/options.h"

namespace CLI {
class App;
}

namespace renown::cli {

/// Adds the command and its subcommands; `options` is filled when the arguments are parsed.
void add_people_arguments(CLI::App& app, PeopleOptions& options);

}  // namespace renown::cli
