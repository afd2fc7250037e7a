#include "api/routes.h"

#include <algorithm>
#include <array>
#include <iterator>

#include "api/idempotency.h"

namespace renown::api {

std::vector<http::Route> api_routes(Context& context) {
  constexpr std::array kResources = {
      session_routes, enrolment_routes,     person_routes,      influence_routes, reason_routes, ledger_routes,
      account_routes, preference_routes,    privacy_routes,     board_routes,     lookup_routes, key_routes,
      webhook_routes, network_login_routes, public_page_routes, klout_routes,     admin_routes,  backup_routes};
  std::vector<http::Route> all;
  for (const auto& resource : kResources) std::ranges::move(resource(context), std::back_inserter(all));
  for (http::Route& route : all) {
    if (route.method == "POST") make_idempotent(context, route);
  }
  return all;
}

}  // namespace renown::api
