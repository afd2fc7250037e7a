/// The arguments of renown serve.
#pragma once

#include "cli/options.h"

namespace CLI {
class App;
}

namespace renown::cli {

/// Adds the command; `options` is filled when the arguments are parsed.
void add_serve_arguments(CLI::App& app, ServeOptions& options);

}  // namespace renown::cli
