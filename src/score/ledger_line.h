/// LedgerLine and Ledger: what a score is made of, as values (docs/scoring/ledger.md).
#pragma once

#include <cstdint>

#include "aggregate/event_table.h"
#include "aggregate/rules.h"
#include "base/huge_pages.h"

namespace renown::score {

using aggregate::AccountId;
using aggregate::PersonId;

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

/// The ledger of a whole log by itself.
struct Ledger {
  aggregate::StringTable texts;
  base::HugeVector<LedgerLine> lines;  ///< by (account, actor) in byte order; numbers of accounts and persons as in the
                                       ///< scores beside it
};

}  // namespace renown::score
