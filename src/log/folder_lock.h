/// FolderLock: one process writes a data folder, or several read it, never both.
#pragma once

#include <string>
#include <utility>

#include "renown/result.h"

#include "log/data_folder.h"

namespace renown::log {

/// A flock on DIR/lock: the system drops it when the process ends, however it ends, so that nothing stale can block.
/// The writer's process id stands in the file for the sentence that others get to read.
class FolderLock {
 public:
  /// For writing. errors  busy, saying which process holds the folder; io
  static Result<FolderLock> exclusive(const DataFolder& folder);

  /// For reading, beside other readers. A folder on a read-only disk without a lock file is read without one,
  /// and so is one that this process shares (InteractionLog::share_within_process).
  /// errors  busy, io
  static Result<FolderLock> shared(const DataFolder& folder);

  FolderLock(FolderLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)), writes_(other.writes_) {}
  FolderLock& operator=(FolderLock&&) = delete;
  ~FolderLock();

 private:
  FolderLock(int descriptor, bool writes) : descriptor_(descriptor), writes_(writes) {}
  int descriptor_;  ///< -1 without a lock file
  bool writes_;
};

}  // namespace renown::log
