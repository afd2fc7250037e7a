#include "log/erase.h"

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <string>

#include <fmt/format.h>

#include "log/rewrite.h"

// The order in which an erase happens, so that a kill at any point leaves the log as it was or as it will be:
//   0. what runs derived from the log is removed: it holds names, and can be made again
//   1. a new database file beside the old one gets all that stays, and the tombstone; it is on disk
//   2. the old database is closed, so that it leaves no write-ahead log that could be replayed onto the new file
//   3. the new file is renamed over the old one: this is the moment
// Before 3 the new file is a leftover that the next writer removes; it holds nothing of the account.
namespace renown::log {
namespace {

Result<EraseCounts> write_fresh(const OpenLog& log, std::string_view network, std::string_view account) {
  auto counts = write_without(log, network, account);
  if (!counts) return explain(log, counts.error());
  auto connection = connect(log);
  if (!connection) return connection.error();
  auto settled = connection->execute("CHECKPOINT");
  if (!settled) return explain(log, settled.error());
  return counts;
}

Result<void> put_in_place(const DataFolder& folder) {
  for (const std::string& wal : {folder.database_wal(), folder.fresh_database() + ".wal"}) {
    std::error_code ignored;
    if (!std::filesystem::exists(wal, ignored)) continue;
    return Error{ErrorCode::io, fmt::format("{} could not be emptied, so nothing was erased: is the disk full?", wal)};
  }
  if (std::rename(folder.fresh_database().c_str(), folder.database().c_str()) != 0) {
    return Error{ErrorCode::io,
                 fmt::format("cannot replace {}, so nothing was erased: {}", folder.database(), reason_of(errno))};
  }
  return sync_folder(folder.path());
}

}  // namespace

Result<EraseCounts> erase_account(OpenLog& log, std::string_view network, std::string_view account) {
  if (auto removed = log.folder.remove_derived(); !removed) return removed.error();
  auto counts = write_fresh(log, network, account);
  log.database.reset();
  const Result<void> placed = counts ? put_in_place(log.folder) : Result<void>();
  auto tidied = log.folder.remove_leftovers();
  auto opened = open_database(log);
  if (!counts) return counts.error();
  for (const Result<void>& step : {placed, tidied, opened}) {
    if (!step) return step.error();
  }
  return counts;
}

}  // namespace renown::log
