/// The subcommands. Each returns its exit code, writes data to standard output and talk to the error stream.
#pragma once

#include "cli/options.h"

namespace renown::cli {

int run_score(const ScoreOptions& options);        ///< score_command.cc
int run_why(const WhyOptions& options);            ///< why_command.cc
int run_evaluate(const EvaluateOptions& options);  ///< evaluate_command.cc
int run_attack(const AttackOptions& options);      ///< attack_command.cc
int run_fit(const FitOptions& options);            ///< fit_command.cc
int run_import(const ImportOptions& options);      ///< import_command.cc
int run_export(const ExportOptions& options);      ///< export_command.cc
int run_connect(const ConnectOptions& options);    ///< connect_command.cc
int run_sync(const SyncOptions& options);          ///< sync_command.cc
int run_serve(const ServeOptions& options);        ///< serve_command.cc
int run_erase(const EraseOptions& options);        ///< erase_command.cc
int run_people(const PeopleOptions& options);      ///< people_command.cc
int run_backup(const BackupOptions& options);      ///< backup_command.cc
int run_restore(const RestoreOptions& options);    ///< restore_command.cc
int run_doctor(const DoctorOptions& options);      ///< doctor_command.cc
int run_generate(const GenerateOptions& options);  ///< generate_command.cc

}  // namespace renown::cli
