/// Task `memory`: what stays in memory, a pair and an account.
///
/// Input       rows in memory; a tenth of the accounts verified
/// Measured    bytes of the heap that come back when it is let go of: the weighed pairs of a log (`pairs`, for each
///             pair), and a score sheet with its table of accounts, their order, everybody's numbers and the ranking
///             (`accounts`, for each account, without the bytes of the names)
/// Target      24 bytes a pair, 32 bytes an account beside its name
#pragma once

#include <memory>

#include "renown/score_model.h"

#include "common/candidate.h"
#include "common/log.h"

namespace renown::bench::memory {

struct Input {
  std::unique_ptr<Log> log;
  ScoreModel model;
};

std::unique_ptr<Candidate> renown(const Input& input);

}  // namespace renown::bench::memory
