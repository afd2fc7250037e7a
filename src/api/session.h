/// Sessions as the API tells and begins them.
#pragma once

#include "api/answers.h"
#include "api/caller.h"
#include "api/context.h"

namespace renown::api {

/// Who is logged in, as a whole document.
void write_session(JsonText& json, const Caller& caller);

/// Begins a session for that login: its document, and its cookie. errors  of the store
Result<http::Response> start_session(Context& context, const http::Request& request, access::LoginId login,
                                     int status = 200);

}  // namespace renown::api
