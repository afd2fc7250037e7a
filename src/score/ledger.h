/// Ledger: every contribution to a raw score, one line for each engager-person (docs/scoring/ledger.md).
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/huge_pages.h"
#include "score/score_run.h"

namespace renown::score {

/// One engager's part in one person's raw score. Account, actor, post, kind and time are those of the engager's latest
/// act; the contributions of all lines of a person sum to the raw score (P3, relative residual <= 1e-9).
struct LedgerLine {
  AccountId account = 0;  ///< the account that received the act
  AccountId actor = 0;    ///< the account that acted
  PersonId target = 0;
  PersonId engager = 0;
  aggregate::TextId post = 0;
  aggregate::TextId tags = 0;
  Kind kind = Kind::like;
  std::int64_t time = 0;
  bool verified = false;
  double contribution = 0.0;          ///< unit: people
  double vouched_contribution = 0.0;  ///< what of it counts for V
};

/// The lines of one person: engagers inside the window, in the order of engagers.
std::vector<LedgerLine> ledger_of(const ScoreRun& run, PersonId target);

/// The lines of everybody, by (account, actor) in byte order; the same for any number of threads.
base::HugeVector<LedgerLine> whole_ledger(const ScoreRun& run, std::size_t threads = 1);

}  // namespace renown::score
