/// What all routes of Klout's API share: the key, the errors, the description.
#pragma once

#include <functional>
#include <string>

#include "api/klout_asker.h"
#include "http/route.h"

namespace renown::api {

using KloutHandle = std::function<Result<http::Response>(const KloutAsker& asker, const http::Request& request)>;

/// A route that answers GET for a key with `lookup` or `score:read`, in the query or the header.
/// schema  of its answer, by name
http::Route klout_route(Context& context, std::string path, std::string id, std::string summary, std::string schema,
                        KloutHandle handle);

/// A problem as Klout told errors: {"error":403,"description":"..."}. Klout's clients know 401, 403, 404, 500, 502 and
/// 503, and some take any other status for a success: 401 and 429 become 403, as they were there; 400 becomes 404.
http::Response klout_error(http::Response problem);

/// v2 as far as it is about one person, and v1.
std::vector<http::Route> klout_v2_routes(Context& context);
std::vector<http::Route> klout_v1_routes(Context& context);

}  // namespace renown::api
