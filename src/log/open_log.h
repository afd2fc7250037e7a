/// OpenLog: an open data folder, shared by the log, its imports and its readers. For the sources of this folder only.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "renown/result.h"

#include "duck/connection.h"
#include "duck/database.h"
#include "log/data_folder.h"
#include "log/folder_lock.h"
#include "log/interaction_log.h"
#include "log/tombstone_key.h"
#include "log/tombstones.h"

namespace renown::log {

/// Counts the InteractionLogs of a log by its copies.
struct HandleMark {};

struct OpenLog {
  DataFolder folder;
  FolderLock lock;
  TombstoneKey key;
  LogOptions options;
  bool writes;
  std::optional<duck::Database> database = std::nullopt;  ///< closed only while an erase puts a new file in its place
  std::shared_ptr<const HandleMark> handles = std::make_shared<const HandleMark>();

  /// InteractionLogs of this log.
  long handle_count() const { return handles.use_count() - 1; }
};

/// Opens the database of `log` and checks its tables.
Result<void> open_database(OpenLog& log);

Result<duck::Connection> connect(const OpenLog& log);

/// The tombstones in the log's tables.
Result<Tombstones> read_tombstones(duck::Connection& connection, const TombstoneKey& key);

/// Says which file an error of DuckDB is about, and what to do about a full disk.
Error explain(const OpenLog& log, const Error& error);

}  // namespace renown::log
