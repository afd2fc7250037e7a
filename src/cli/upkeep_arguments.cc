#include "cli/upkeep_arguments.h"

#include <CLI/CLI.hpp>

namespace renown::cli {

void add_backup_arguments(CLI::App& app, BackupOptions& options) {
  CLI::App* command = app.add_subcommand("backup", "Write all of a data folder that cannot be made anew to one file");
  command->footer(
      "Examples:\n"
      "  renown backup --data ~/renown --out /mnt/backups/renown.tar.zst\n"
      "  renown restore /mnt/backups/renown.tar.zst --verify\n"
      "The file is as private as the data folder. Tokens in it stay sealed: keep their key elsewhere, or put it in "
      "with\n"
      "--with-token-key. What an erase took out since is still in it: erase again after restoring.");
  command->add_option("--data", options.data_folder, "data folder (default: your own)");
  command->add_option("--out", options.out_file, "FILE.tar.zst to write; an old one stays until the new one is whole")
      ->required();
  command->add_option("--token-key", options.token_key_file, "key of the sealed tokens (default: your own)");
  command->add_flag("--with-token-key", options.with_token_key, "put that key in too: who has the file has the tokens");
  command->add_flag("--json", options.json, "JSON on standard output");
}

void add_restore_arguments(CLI::App& app, RestoreOptions& options) {
  CLI::App* command = app.add_subcommand("restore", "Make a data folder of a backup, or check a backup");
  command->footer(
      "Examples:\n"
      "  renown restore renown.tar.zst --data ~/renown-again\n"
      "  renown restore renown.tar.zst --verify           only checks it, and leaves nothing behind\n"
      "The folder must be empty or new. --verify reads every row; alone it unpacks into $TMPDIR (default: /tmp).");
  command->add_option("FILE", options.backup_file, "what renown backup wrote")->required();
  command->add_option("--data", options.data_folder, "data folder to make (default: your own)");
  command->add_option("--token-key", options.token_key_file,
                      "where the key of the sealed tokens goes, if the backup holds it (default: your own)");
  command->add_flag("--verify", options.verify, "read every row and every index; without --data restore nothing");
  command->add_flag("--json", options.json, "JSON on standard output");
}

void add_doctor_arguments(CLI::App& app, DoctorOptions& options) {
  CLI::App* command = app.add_subcommand("doctor", "Say what is well with a data folder, what is not, and what to do");
  command->footer(
      "Examples:\n"
      "  renown doctor --data ~/renown\n"
      "  renown doctor --json | jq '.checks[] | select(.health == \"wrong\")'\n"
      "Exit code 1 where something is wrong.");
  command->add_option("--data", options.data_folder, "data folder (default: your own)");
  command->add_option("--token-key", options.token_key_file, "key of the sealed tokens (default: your own)");
  command->add_flag("--fix", options.fix, "remove what killed processes left; nothing else is changed");
  command->add_flag("--json", options.json, "JSON on standard output");
}

}  // namespace renown::cli
