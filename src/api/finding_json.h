/// What the person's and the operator's view of findings share: which there are, and how they are written.
#pragma once

#include <string_view>

#include "access/appeals.h"
#include "api/answers.h"
#include "api/context.h"
#include "base/held.h"
#include "instance/findings.h"

namespace renown::api {

/// Of the last run. errors  busy, while the first run is under way
Result<base::Held<instance::Findings>> findings_of(const Context& context);

/// Members: id, state, since, run, latest. "found" in the last run, "gone" from it, or "pardoned".
void write_known(JsonText& json, const instance::KnownFinding& known, std::string_view state);

/// Members: engagers, targets, density, reference_density; null where the last run did not find it.
void write_evidence(JsonText& json, const score::Farm* farm);

/// Members of one account: account, targets, lockstep, share, first, latest.
void write_farm_account(JsonText& json, const score::ScoreRun& run, const score::FarmAccount& account);

/// Members: id, finding, text, made, state, answer, answered.
void write_appeal(JsonText& json, const access::Appeal& appeal);

}  // namespace renown::api
