/// Idempotency-Key: a POST that is sent twice is done once (draft-ietf-httpapi-idempotency-key-header).
#pragma once

#include "api/context.h"
#include "http/route.h"

namespace renown::api {

/// Makes the handler of a POST answer a request that was answered before as it was then. Requests without the header,
/// and of callers who are nobody, go through as they are. Answers that hold a secret come back without it: 409 says so.
void make_idempotent(Context& context, http::Route& route);

}  // namespace renown::api
