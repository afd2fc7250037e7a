#include "api/admin_route.h"

#include <utility>

namespace renown::api {

http::Route admin_route(std::string method, std::string path, std::string id, std::string summary,
                        http::Handler handler) {
  return {.method = std::move(method),
          .path = "/v1/admin/" + path,
          .id = std::move(id),
          .summary = std::move(summary),
          .tag = "operators",
          .scopes = {"admin"},
          .run_on = http::RunOn::workers,
          .handler = std::move(handler)};
}

}  // namespace renown::api
