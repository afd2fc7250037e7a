/// Problems: errors as application/problem+json (RFC 9457).
#pragma once

#include <string>
#include <string_view>

#include "renown/result.h"

#include "http/message.h"
#include "http/refusal.h"

namespace renown::http {

inline constexpr std::string_view kProblemType = "application/problem+json";

/// The reason phrase of a status: "Not Found". "Error" for one that is not in use here.
std::string_view reason_phrase(int status);

/// {"type":"about:blank","title":"Not Found","status":404,"detail":"<sentence>"}, never stored by caches.
///
/// type  a stable name of the error for programs, a path or URL; "about:blank" where the status says it all
Response problem(int status, std::string_view sentence, std::string_view type = "about:blank");
Response problem(const Refusal& refusal);

/// The status of an error: bad_input 400, usage 400, not_found 404, not_enough_data 409, busy 503 (with Retry-After),
/// cancelled 503, io 503, internal 500.
int status_of(ErrorCode code);

/// An error as a problem. Sentences of `internal` and `io` are for the log alone (they may name files of the server):
/// the caller is told that the server failed.
Response problem(const Error& error);

/// The sentence of a problem; empty for a response that is none.
std::string problem_sentence(const Response& response);

}  // namespace renown::http
