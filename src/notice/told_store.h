/// ToldStore: which score each person was told last, by each way of telling. A part of an SQLite store (store::Part).
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string_view>

#include "renown/result.h"

#include "notice/move_rule.h"
#include "store/database.h"

namespace renown::notice {

/// Ways of telling of which each has its own last score.
inline constexpr std::string_view kPush = "push", kLetter = "letter";

struct Move {
  double before = 0, after = 0;
};

/// Thread-safe: one lock around the connection, which is the store's own.
/// All:  errors  io, busy, and bad_input for a damaged store. Changes are on disk when they return.
class ToldStore {
 public:
  /// database  moved in: other threads use connections of their own
  static Result<std::unique_ptr<ToldStore>> open(store::Database database);

  /// Judges the score by judge_move and keeps it where it is a beginning or has moved: whoever is to be told of it, is
  /// told by who called, once.
  ///
  /// threshold  points, > 0
  /// returns    the move that is to be told; nothing where there is none
  Result<std::optional<Move>> note(std::int64_t person, std::string_view way, const ScoreNow& score, double threshold);

  /// Forgets a person. No byte is left in the store's file.
  Result<void> erase(std::int64_t person);

 private:
  explicit ToldStore(store::Database database) : database_(std::move(database)) {}

  std::mutex mutex_;
  store::Database database_;
};

}  // namespace renown::notice
