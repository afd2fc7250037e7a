/// The routes of the API, one function a resource, each in the file of its name.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "api/context.h"
#include "http/openapi.h"
#include "http/route.h"

namespace renown::api {

std::vector<http::Route> account_routes(Context& context);
std::vector<http::Route> admin_routes(Context& context);
std::vector<http::Route> backup_routes(Context& context);
std::vector<http::Route> board_routes(Context& context);
std::vector<http::Route> enrolment_routes(Context& context);
std::vector<http::Route> influence_routes(Context& context);
std::vector<http::Route> key_routes(Context& context);
std::vector<http::Route> klout_routes(Context& context);
std::vector<http::Route> ledger_routes(Context& context);
std::vector<http::Route> lookup_routes(Context& context);
std::vector<http::Route> network_login_routes(Context& context);
std::vector<http::Route> person_routes(Context& context);
std::vector<http::Route> preference_routes(Context& context);
std::vector<http::Route> privacy_routes(Context& context);
std::vector<http::Route> public_page_routes(Context& context);
std::vector<http::Route> reason_routes(Context& context);
std::vector<http::Route> session_routes(Context& context);
std::vector<http::Route> webhook_routes(Context& context);

/// All of them.
std::vector<http::Route> api_routes(Context& context);

/// What the OpenAPI document says beside them.
http::ApiInfo api_info();

/// The schema of that name in api_info().schemas.
std::string schema_ref(std::string_view name);

/// A page of such items: {"items":[...],"next":cursor or null}.
std::string page_schema(std::string_view name);

/// The parameter `days` of a query.
http::Parameter days_parameter(std::int64_t fallback, std::int64_t most);

/// The parameter `cursor` of a query.
http::Parameter cursor_parameter();

}  // namespace renown::api
