/// RowTexts: what a ledger shows of rows beside what a Row holds: posts, ids and tags.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "aggregate/event_table.h"
#include "aggregate/row.h"
#include "aggregate/string_table.h"
#include "base/partitioned.h"
#include "model/interaction_block.h"

namespace renown::aggregate {

/// A row that may become an act, with its texts as numbers; accounts by their numbers in the intake.
struct TextRow {
  AccountId actor = 0;
  AccountId target = 0;
  Moment moment;
  TextId post = 0;
  TextId id = 0;
  TextId tags = 0;
};

/// Kept by an Intake that is asked to, in its partitions. Texts stand in memory, rows where the area has room.
class RowTexts {
 public:
  explicit RowTexts(base::SpillArea& area) : rows_(area), writer_(std::in_place, rows_) { texts_.intern(""); }

  /// Numbers the texts of a block, whose rows are added then.
  void begin(const model::InteractionBlock& block);
  /// Row `at` of that block.
  void add(std::size_t partition, const Row& row, std::size_t at);
  /// To be called once after the last row. A log without any text keeps no rows.
  void finish();

  base::Partitioned<TextRow>& rows() { return rows_; }
  const StringTable& texts() const { return texts_; }
  StringTable release_texts() { return std::move(texts_); }

 private:
  StringTable texts_;
  base::Partitioned<TextRow> rows_;
  std::optional<base::Partitioned<TextRow>::Writer> writer_;
  std::vector<TextId> posts_, ids_, tags_;  ///< of the block that is taken
};

}  // namespace renown::aggregate
