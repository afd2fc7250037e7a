/// Backups: the data folder, backed up again and again while the service goes on.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "renown/result.h"

#include "instance/instance.h"

namespace renown::api {

struct BackupOptions {
  std::string folder = {};  ///< where they go; empty: none are made
  std::int64_t every_seconds = 86'400;
};

struct Backup {
  std::string name;       ///< of the file: "renown-1.tar.zst", of a Monday
  std::int64_t made = 0;  ///< unix seconds
  std::uint64_t size_bytes = 0;
};

struct BackupState {
  bool is_on = false;  ///< a folder was named
  bool is_running = false;
  std::string problem;               ///< of the last try, one sentence; empty: there was none
  std::vector<Backup> backups;       ///< newest first
  std::optional<std::int64_t> next;  ///< unix seconds
};

/// One file a weekday, each replaced when the next is whole: seven days back, and whoever was erased is in none of them
/// a week later. What a file holds, docs/formats/backup.md says.
class Backups {
 public:
  /// instance  outlives it
  /// errors    io where the folder is not there, or cannot be written; usage where it lies in the data folder
  static Result<std::unique_ptr<Backups>> open(instance::Instance& instance, BackupOptions options);

  void start();  ///< begins to make them when they are due; ends with this object
  ~Backups();

  void request();  ///< one now
  BackupState state() const;

 private:
  struct State;
  explicit Backups(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace renown::api
