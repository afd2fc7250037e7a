/// ClosedFolder: a data folder held for reading without its database being opened, which takes longer than scoring a
/// day.
#pragma once

#include <cstdint>
#include <string>

#include "renown/result.h"

#include "log/data_folder.h"
#include "log/folder_lock.h"

namespace renown::log {

/// As long as it lives nobody writes the folder.
class ClosedFolder {
 public:
  /// errors  as InteractionLog::open_for_reading, but for what only its database knows
  static Result<ClosedFolder> hold(const std::string& path);

  /// A text that is another whenever anything in the database is: made of the file's headers, which DuckDB numbers anew
  /// with every change, its size, its number and its time of change. Empty where it cannot be told: while changes wait
  /// beside the file to be put into it, and where it cannot be read. Cost: one read of 12 KB.
  std::string stamp() const;

  /// Bytes of the database file; 0 where there is none.
  std::uint64_t size_bytes() const;

 private:
  ClosedFolder(DataFolder folder, FolderLock lock) : folder_(std::move(folder)), lock_(std::move(lock)) {}

  DataFolder folder_;
  FolderLock lock_;
};

}  // namespace renown::log
