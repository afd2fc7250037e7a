/// Outcome: what somebody who looks a person up is told, and the line about it that the person reads (D6, D7).
#pragma once

#include <span>

#include "access/api_keys.h"
#include "access/lookup_log.h"
#include "api/context.h"

namespace renown::api {

struct Outcome {
  access::LookupOutcome outcome = access::LookupOutcome::unscored;
  instance::PersonId person = 0;  ///< 0: nobody of whom anything is told
};

/// What the asker may be told of a person. All is asked for whoever it is, so that the time tells nothing.
Result<Outcome> outcome_for(Context& context, const access::ApiKey& asker, access::Purpose purpose,
                            instance::PersonId person);

/// Writes them down, nobody's too, on disk when it returns: call it before the answer is sent.
Result<void> note_lookups(Context& context, const access::ApiKey& asker, access::Purpose purpose,
                          std::span<const Outcome> outcomes);

}  // namespace renown::api
