#include "api/routes.h"

#include <algorithm>
#include <array>
#include <iterator>

namespace renown::api {

std::vector<http::Route> api_routes(Context& context) {
  constexpr std::array kResources = {session_routes, enrolment_routes, person_routes,  influence_routes,
                                     reason_routes,  ledger_routes,    account_routes, preference_routes,
                                     privacy_routes, board_routes,     lookup_routes,  key_routes,
                                     klout_routes,   admin_routes};
  std::vector<http::Route> all;
  for (const auto& resource : kResources) std::ranges::move(resource(context), std::back_inserter(all));
  return all;
}

}  // namespace renown::api
