/// Batch: rows beside the log until the new ones among them are put into it. For this folder's sources only.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "renown/interaction.h"
#include "renown/result.h"

#include "duck/bulk_insert.h"
#include "duck/connection.h"
#include "model/interaction_block.h"

namespace renown::log {

/// What is put into the table `interactions` in bulk: its columns, and a row of them.
std::vector<duck::ColumnSpec> interaction_columns();
void fill_row(const Interaction& row, duck::RowBuffer& rows);

/// Rows in memory, each once. Equal rows are found here and not by DuckDB, which took most of the time of an import.
class Batch {
 public:
  explicit Batch(duck::Connection& connection) : connection_(connection) {}

  /// The texts must be UTF-8.
  void add(const Interaction& row);

  /// Rows given, those that were given before included.
  std::uint64_t size() const { return given_; }

  /// Puts each row that `catalog`.interactions does not have into it, in order of time. Part of the connection's
  /// transaction. Cost: what the log holds between the batch's first and last time is read, and nothing else where the
  /// log is roughly in order of time.
  /// returns  rows added
  Result<std::uint64_t> move_into(const std::string& catalog);

  /// Drops the rows; their room is kept.
  void clear();

 private:
  static constexpr std::size_t kBlockRows = model::InteractionBlock::kRows;

  struct Slot {
    std::uint32_t number_plus_one = 0;  ///< 0: free
    std::uint32_t tag = 0;              ///< upper half of the row's hash
  };

  Interaction row(std::size_t number) const { return blocks_[number / kBlockRows][number % kBlockRows]; }
  Slot& find(const Interaction& row, std::uint32_t tag);
  void grow();
  Result<void> mark_known(const std::string& catalog);
  std::vector<std::uint32_t> new_rows() const;

  duck::Connection& connection_;
  std::optional<duck::BulkInsert> insert_;
  std::vector<model::InteractionBlock> blocks_;  ///< of kBlockRows each, but for the last
  std::size_t count_ = 0;                        ///< rows in the blocks
  std::vector<Slot> slots_;                      ///< open addressing, by row
  std::vector<bool> known_;                      ///< rows that the log has
  std::uint64_t given_ = 0;
  std::int64_t first_time_ = 0;
  std::int64_t last_time_ = 0;
  bool in_order_ = true;  ///< of time
};

}  // namespace renown::log
