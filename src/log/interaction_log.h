/// InteractionLog: the durable truth of an instance: every interaction it was ever given, each once.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "renown/result.h"

#include "log/import.h"
#include "log/source.h"
#include "log/source_writer.h"
#include "log/tombstone_key.h"
#include "log/tombstones.h"
#include "model/interaction_reader.h"

namespace renown::log {

struct OpenLog;     // known to the sources of this folder
struct HandleMark;  // likewise

struct LogOptions {
  unsigned threads = 0;                  ///< 0 means one a core
  std::uint64_t memory_limit_bytes = 0;  ///< for DuckDB; 0 means its default, 80 % of the machine
};

/// One line of the list of imports. A run that was cut short stays in it as not complete.
struct ImportRecord {
  std::string name;
  std::string digest;
  std::uint64_t size_bytes = 0;
  std::int64_t time = 0;  ///< when it began, as its caller said
  std::uint64_t rows = 0;
  std::uint64_t added = 0;
  bool complete = false;
};

struct EraseCounts {
  std::uint64_t rows_removed = 0;
  std::uint64_t rows_cleaned = 0;  ///< rows of others in which a post, id or tag got a pseudonym
  std::uint64_t sources = 0;       ///< that read for the account, or were set up with its name
};

struct ExportCounts {
  std::uint64_t rows = 0;
  std::uint64_t files = 0;
};

/// The log of one data folder (docs/formats/interaction-log.md). One process writes it, or several read it.
/// An object is not for use by two threads at once; its readers may be used by other threads.
class InteractionLog {
 public:
  /// Opens the folder for writing; makes it where there is none.
  ///
  /// fresh_key  becomes the folder's secret if it is made now, e.g. TombstoneKey::random()
  /// errors  bad_input for a folder with other files in it, and as open_for_writing
  static Result<InteractionLog> create(const std::string& folder, const TombstoneKey& fresh_key,
                                       const LogOptions& options = {});

  /// errors  not_found; busy, saying which process holds the folder; io (permissions); bad_input for a damaged
  ///         database, one of a newer version, or a missing or foreign key
  static Result<InteractionLog> open_for_writing(const std::string& folder, const LogOptions& options = {});

  /// As open_for_writing; nothing is changed, and others may read at the same time.
  static Result<InteractionLog> open_for_reading(const std::string& folder, const LogOptions& options = {});

  /// From now on, and as long as any of them lives, whoever in this process opens the folder, to read or to write, is
  /// given this log: what several threads do at once are transactions of their own. For a server, which owns its folder
  /// and has many parts. errors  internal where it was opened for reading
  Result<void> share_within_process();

  InteractionLog(InteractionLog&&) noexcept;
  InteractionLog& operator=(InteractionLog&&) noexcept;
  ~InteractionLog();

  /// Starts adding one file or stream. One import at a time; it keeps the folder open.
  Result<Import> begin_import(const ImportSource& source, ImportOptions options = {});

  /// By name; none in a log that no source was ever added to.
  Result<std::vector<Source>> sources() const;

  /// Adds a source. errors  bad_input where there is one of its name, or its account was erased, or a text is not UTF-8
  Result<void> add_source(const Source& source);

  /// Forgets a source; the rows that it gave stay. errors  not_found
  Result<void> remove_source(const std::string& name);

  /// Starts adding what a source gives. errors  not_found
  Result<SourceWriter> begin_source(const std::string& name);

  Result<std::uint64_t> size() const;
  Result<std::vector<ImportRecord>> imports() const;
  Result<bool> holds_undos() const;

  /// Whether the account was erased: nothing about it may come back.
  Result<bool> was_erased(std::string_view network, std::string_view account) const;

  /// Who was erased, for what is kept beside the log.
  Result<Tombstones> tombstones() const;

  /// The folder's key: secrets for other purposes are derived from it.
  const TombstoneKey& key() const;

  /// Bytes of the database file, to compare with InteractionReader::bytes_read.
  std::uint64_t size_bytes() const;

  /// All interactions as of now, in the order in which they came in, but for the first `skip`; memory is bounded.
  Result<std::unique_ptr<model::InteractionReader>> read(std::uint64_t skip = 0) const;

  /// Writes everything as Parquet: OUT/day=2015-01-01/network=github/interactions.parquet, each file with the eight
  /// columns of the flat log. The folder appears whole or not at all; an earlier export is replaced. The same log gives
  /// the same bytes.
  ///
  /// errors  bad_input when `out` is neither empty, nor new, nor an earlier export; io
  Result<ExportCounts> export_to(const std::string& out) const;

  /// Writes a copy of the log as of now: a settled database file at `path`, on disk when it returns; with a copy of the
  /// folder's key beside it, it is the log of another data folder. Imports of this process may go on meanwhile. Every
  /// row is read and written: damage shows here and not when the copy is needed. Cost: about a second a million rows.
  ///
  /// errors  bad_input where there is a file of that name, or the log is damaged; io, and then no file is left
  Result<void> write_copy(const std::string& path) const;

  /// The version of its tables. A log that was opened for writing is of this program's version.
  Result<std::int64_t> schema_version() const;

  /// Removes the account: its rows, its sources, its name in other rows of its network, in names of imports and in what
  /// sources remember (which then begin anew), and every byte of them
  /// in the folder, by writing a new database file (about a second a million rows, and room for a second file). What is
  /// imported later is cleaned the same way. Killed halfway it has happened, or not. Imports and readers must be gone,
  /// and where the log is shared nobody else may use it meanwhile. Exports made earlier are not touched.
  ///
  /// errors  bad_input for a network or account that is empty or not UTF-8; internal when imports or readers are still
  /// there; io (nothing
  ///         has changed then)
  Result<EraseCounts> erase(std::string_view network, std::string_view account);

 private:
  explicit InteractionLog(std::shared_ptr<OpenLog> log);
  std::shared_ptr<OpenLog> log_;
  std::shared_ptr<const HandleMark> handle_;  ///< copies are counted: one in each InteractionLog of the log
};

}  // namespace renown::log
