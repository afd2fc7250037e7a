/// Consent signals out of the profiles that sync saw.
#pragma once

#include <optional>
#include <string>

#include "renown/account.h"

#include "people/consent.h"
#include "pipeline/seen_store.h"

namespace renown::pipeline {

/// What the account itself says about being profiled and shown. Nothing where its profile was never seen whole: then
/// nobody knows, and nobody has consented.
std::optional<people::Consent> seen_consent(const SeenProfile& seen, bool enrolled);

}  // namespace renown::pipeline
