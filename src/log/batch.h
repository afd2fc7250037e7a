/// Batch: rows beside the log until one statement puts the new ones among them into it. For this folder's sources only.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "renown/interaction.h"
#include "renown/result.h"

#include "duck/appender.h"
#include "duck/connection.h"

namespace renown::log {

/// A temporary table of the connection with the columns of `interactions`.
class Batch {
 public:
  explicit Batch(duck::Connection& connection) : connection_(connection) {}

  /// errors  bad_input for a text that is not UTF-8
  Result<void> add(const Interaction& row);
  std::uint64_t size() const { return size_; }

  /// To be called after the last add(), before the transaction that moves the rows.
  Result<void> seal();

  /// Puts each row that `catalog`.interactions does not have into it, once, ordered by time. Part of the connection's
  /// transaction. Cost: what the log holds between the batch's first and last time is scanned, and nothing else where
  /// the log is roughly in order of time.
  /// returns  rows added
  Result<std::uint64_t> move_into(const std::string& catalog);

  /// Drops the rows and their table.
  Result<void> clear();

 private:
  Result<void> begin();

  duck::Connection& connection_;
  std::optional<duck::Appender> appender_;
  std::uint64_t size_ = 0;
  std::int64_t first_time_ = 0;
  std::int64_t last_time_ = 0;
};

}  // namespace renown::log
