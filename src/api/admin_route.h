/// What all routes of operators have in common.
#pragma once

#include <string>

#include "http/route.h"

namespace renown::api {

/// A route below /v1/admin/ for operators alone, answered by a worker. Its answers are the caller's to add.
http::Route admin_route(std::string method, std::string path, std::string id, std::string summary,
                        http::Handler handler);

}  // namespace renown::api
