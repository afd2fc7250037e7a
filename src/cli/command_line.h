/// The command line: which subcommands and options there are.
#pragma once

namespace renown::cli {

/// Runs the subcommand that the arguments name. returns  the exit code
int run_command_line(int argc, const char* const* argv);

}  // namespace renown::cli
