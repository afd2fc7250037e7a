/// What a digest says of a person: what was published of them, and what the page gives as reasons.
#pragma once

#include <optional>

#include "renown/result.h"

#include "api/context.h"
#include "mail/digest_letter.h"

namespace renown::api {

/// Nothing for who is no person here, opted out, or before anything was published.
/// errors  busy, while reasons are being worked out; of the stores
Result<std::optional<mail::DigestFacts>> digest_facts(Context& context, instance::PersonId person);

}  // namespace renown::api
