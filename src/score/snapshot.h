/// Snapshot: the answers of one run, held in memory for whoever asks: score by account, the top, percentile, history.
///
/// Never changes once it is made, so any number of threads may read it while the next one is being made; whoever serves
/// it swaps a shared pointer.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "renown/score_card.h"

#include "score/score_sheet.h"

namespace renown::score {

/// A published point: facts, never recomputed (P8).
struct HistoryPoint {
  std::int64_t as_of = 0;
  double score = 0.0;  ///< points
};

class Snapshot {
 public:
  static constexpr std::size_t kMostHistory = 400;  ///< points kept for each account; the oldest go first

  /// before  the snapshot that this one follows, or null: its points and those it had become history. Of another model
  ///         it is no history: a new model begins a new series
  explicit Snapshot(ScoreSheet sheet, const Snapshot* before = nullptr);

  std::int64_t as_of() const { return sheet_.as_of(); }
  const ScoreSheet& sheet() const { return sheet_; }

  /// The number of an account, by which it is asked for in this snapshot; nothing if it is not in the log.
  std::optional<aggregate::AccountId> find(std::string_view network, std::string_view account) const {
    return sheet_.find(network, account);
  }

  /// Points by account: one look into one array. NaN where there is not enough data.
  double score(aggregate::AccountId account) const { return scores_[account]; }

  ScoreCard card(aggregate::AccountId account) const { return sheet_.card(sheet_.person_of(account)); }

  /// The first `count` accounts by raw score.
  std::span<const aggregate::AccountId> top(std::size_t count) const {
    return std::span(sheet_.ranking()).first(std::min(count, sheet_.ranking().size()));
  }

  /// Share, in percent, of the scored people here whose raw score is at or below that one; nothing below 100 of them,
  /// of whom no share says much.
  std::optional<double> percentile_here(double raw) const;

  /// Earlier points, the oldest first; without the present one.
  std::span<const HistoryPoint> history(aggregate::AccountId account) const {
    return std::span(history_).subspan(history_begin_[account], history_begin_[account + 1] - history_begin_[account]);
  }

 private:
  void keep_history(const Snapshot* before);

  ScoreSheet sheet_;
  std::vector<double> scores_;                ///< by account
  std::vector<double> raws_;                  ///< of scored people, rising
  std::vector<std::uint64_t> history_begin_;  ///< by account; one more than there are
  std::vector<HistoryPoint> history_;
};

}  // namespace renown::score
