/// The arguments of `renown backup`, `renown restore` and `renown doctor`.
#pragma once

#include "cli/options.h"

namespace CLI {
class App;
}

namespace renown::cli {

/// Adds the subcommands. What is parsed is in `options`, which must live as long as `app`.
void add_backup_arguments(CLI::App& app, BackupOptions& options);
void add_restore_arguments(CLI::App& app, RestoreOptions& options);
void add_doctor_arguments(CLI::App& app, DoctorOptions& options);

}  // namespace renown::cli
