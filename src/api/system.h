/// What the program says of itself.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "api/context.h"
#include "http/route.h"

namespace renown::api {

/// Filled once all routes are there, and not changed while requests come.
struct SystemTexts {
  std::string description;  ///< the OpenAPI document
  std::string description_etag;
  std::function<std::string()> metrics;
};

/// texts  outlives the routes
std::vector<http::Route> system_routes(Context& context, const SystemTexts& texts);

}  // namespace renown::api
