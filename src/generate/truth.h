/// Truth: who was planted in a world, and who changed names, as CSV: network,account,role,group.
#pragma once

#include <functional>
#include <string_view>

#include "renown/result.h"

#include "generate/world.h"

namespace renown::generate {

/// Takes some of the text. errors  passed on by write_truth
using TruthSink = std::function<Result<void>(std::string_view text)>;

/// One row for each account of a farm, pod or bot (role farm, pod, bot) and each customer of a farm (role customer),
/// the group being farm-1, farm-2, ..., pod-1, ..., bot-1, ...; then one for each account under which somebody went on
/// (role renamed), the group being the account from before. In order of groups, then of people. Time: grows with the
/// people of a dirty world.
///
/// errors  of the sink
Result<void> write_truth(const World& world, const TruthSink& sink);

}  // namespace renown::generate
