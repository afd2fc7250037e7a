/// The arguments of renown connect and renown sync.
#pragma once

#include "cli/options.h"

namespace CLI {
class App;
}

namespace renown::cli {

/// Adds the command and its subcommands; `options` is filled when the arguments are parsed.
void add_connect_arguments(CLI::App& app, ConnectOptions& options);

void add_sync_arguments(CLI::App& app, SyncOptions& options);

void add_token_key_option(CLI::App& command, NetworkOptions& options);

/// How networks are asked.
void add_network_options(CLI::App& command, NetworkOptions& options);

}  // namespace renown::cli
