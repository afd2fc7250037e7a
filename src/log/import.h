/// Import: one file or stream on its way into the log, batch by batch.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "renown/result.h"

#include "model/interaction_block.h"

namespace renown::log {

/// What is being imported, for the list of imports.
struct ImportSource {
  std::string name;              ///< e.g. the file's name
  std::string digest = {};       ///< of its bytes, where known
  std::uint64_t size_bytes = 0;  ///< 0 where unknown
  std::int64_t time = 0;         ///< now, unix seconds
};

/// What has become of the rows. rows = added + duplicates + erased + unusable.
struct ImportCounts {
  std::uint64_t batches = 0;     ///< transactions
  std::uint64_t rows = 0;        ///< given
  std::uint64_t added = 0;       ///< new in the log
  std::uint64_t duplicates = 0;  ///< were there already, or twice in the import
  std::uint64_t erased = 0;      ///< of an erased account: left out
  std::uint64_t unusable = 0;    ///< left out: a text that is not UTF-8, or a time outside base::kMaxTime
  std::uint64_t cleaned = 0;     ///< rows (of any of the above) in which an erased account's name got a pseudonym
};

struct ImportOptions {
  /// Rows a transaction, >= 1; memory grows with it. Two of DuckDB's row groups: batches that fill them are written to
  /// the file at once instead of through the write-ahead log, 1.4 times as fast (measured).
  std::size_t batch_rows = 245'760;
  /// Called after each commit with what is then on disk: these rows survive a kill. By a thread of the import's own,
  /// one call after the other, and never after finish().
  std::function<void(const ImportCounts& durable)> on_commit = {};
};

/// Rows equal in all eight columns exist once, however they come in. Given up before finish(), what was committed stays
/// and the rest is dropped; importing the same source again completes it.
class Import {
 public:
  /// Adds all rows of the block. A batch that is full is committed by another thread while the next one fills.
  /// errors  io (disk full ...): nothing since the last commit is in the log, and the import cannot go on
  Result<void> add(const model::InteractionBlock& block);

  /// Commits the last batch and marks the import as complete.
  Result<ImportCounts> finish();

  /// What is on disk so far, a batch that is being committed included: it is waited for.
  const ImportCounts& durable() const;

  Import(Import&&) noexcept;
  Import& operator=(Import&&) noexcept;
  ~Import();

 private:
  friend class InteractionLog;
  struct State;
  explicit Import(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace renown::log
