/// SourceWriter: rows of one source on their way into the log, together with how far it was read.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "renown/result.h"

#include "log/source.h"
#include "model/interaction_block.h"

namespace renown::log {

/// What has become of the rows of one commit. rows = added + duplicates + erased + unusable.
struct SourceCounts {
  std::uint64_t rows = 0;
  std::uint64_t added = 0;       ///< new in the log
  std::uint64_t duplicates = 0;  ///< were there already, or twice in what was given
  std::uint64_t erased = 0;      ///< of an erased account: left out
  std::uint64_t unusable = 0;    ///< left out: a text that is not UTF-8, or a time outside base::kMaxTime
};

/// Gathers rows until commit(); destroyed before, it drops them. For one thread; of several writers of one log only one
/// may be in commit() at a time. It keeps the folder open.
class SourceWriter {
 public:
  /// Acts with their time.
  void add_dated(const model::InteractionBlock& block);

  /// Acts whose time is only the earliest possible: they count where the log has none that is equal but for its time.
  void add_undated(const model::InteractionBlock& block);

  /// Rows since the last commit.
  std::uint64_t pending() const;

  /// Puts what was added since the last commit into the log, and `state` beside it, in one transaction: both are on
  /// disk, or nothing is. Cost: as a batch of an import for dated rows; a scan of the log for undated ones.
  ///
  /// errors  not_found where the source is not there any more; io: nothing happened, the rows are dropped
  Result<SourceCounts> commit(const SourceState& state);

  SourceWriter(SourceWriter&&) noexcept;
  SourceWriter& operator=(SourceWriter&&) noexcept;
  ~SourceWriter();

 private:
  friend class InteractionLog;
  struct State;
  explicit SourceWriter(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace renown::log
