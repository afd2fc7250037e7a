/// Agreement between networks: do people who are on two networks stand alike on both?
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "renown/score_model.h"

#include "aggregate/event_table.h"
#include "pipeline/score_log.h"

namespace renown::evaluate {

/// One pair of networks.
struct NetworkAgreement {
  std::string first, second;       ///< in byte order
  std::size_t people = 0;          ///< who received acts on both
  std::optional<double> spearman;  ///< of their raw scores on the one and on the other
};

/// Scores every person on each of their networks by that network's rows alone, and compares. A person who is verified
/// counts as verified on all networks. Pairs of networks on which nobody is on both are left out.
std::vector<NetworkAgreement> network_agreement(const aggregate::EventTable& events, const pipeline::LoadedLists& lists,
                                                const ScoreModel& model, std::int64_t as_of, std::size_t threads);

}  // namespace renown::evaluate
