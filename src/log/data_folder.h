/// The files of a data folder (docs/formats/interaction-log.md).
#pragma once

#include <string>

#include "renown/result.h"

namespace renown::log {

/// Where everything lies. Names only: nothing is opened or created by itself.
class DataFolder {
 public:
  explicit DataFolder(std::string path);

  const std::string& path() const { return path_; }
  std::string database() const { return path_ + "/interactions.duckdb"; }
  std::string database_wal() const { return database() + ".wal"; }
  /// The database while it is being made or rewritten, until it is renamed into place.
  std::string fresh_database() const { return path_ + "/interactions.duckdb.new"; }
  std::string lock() const { return path_ + "/lock"; }
  std::string key() const { return path_ + "/tombstone.key"; }
  std::string fresh_key() const { return path_ + "/tombstone.key.new"; }
  /// Where DuckDB spills work that is larger than memory; empty between runs.
  std::string spill() const { return path_ + "/spill"; }

  /// What runs took in of the log, so that the next need not read it again: derived, and gone after an erase.
  std::string tally() const { return path_ + "/tally"; }

  /// Who owns which account (docs/people.md); not there before somebody is added.
  std::string people() const { return path_ + "/people.sqlite"; }

  /// What the service published (docs/operating.md); not there before its first run.
  std::string points() const { return path_ + "/points.sqlite"; }

  /// Who may ask what of the service (docs/access.md); not there before it first ran.
  std::string service() const { return path_ + "/service.sqlite"; }

  /// Profiles and posts that sources showed (docs/sync.md); not there before the first sync.
  std::string seen() const { return path_ + "/seen.sqlite"; }

  /// Sealed tokens of sources; not there before the first.
  std::string tokens() const { return path_ + "/tokens"; }

  /// Pages that networks sent, to be asked about again: may be removed at any time, and gone after an erase.
  std::string pages() const { return path_ + "/pages"; }

  bool has_database() const;

  /// Makes the folder (for its owner only) where it is missing.
  /// errors  bad_input when it is a file, or a folder with other people's files in it; io
  Result<void> make() const;

  /// errors  not_found when the folder is missing or is not a data folder; io when it cannot be looked into
  Result<void> check() const;

  /// Removes what a killed process left half done. Call it only under the exclusive lock.
  Result<void> remove_leftovers() const;

  /// Removes everything that is derived from the log.
  Result<void> remove_derived() const;

 private:
  std::string path_;
};

/// Makes a rename, a new file or a removal in that folder last through a power cut.
Result<void> sync_folder(const std::string& path);

/// Makes a file's bytes last through a power cut.
Result<void> sync_file(const std::string& path);

/// "disk full" and its like, from errno
std::string reason_of(int number);

}  // namespace renown::log
