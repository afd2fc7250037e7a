/// The OpenAPI 3.1 document of a table of routes.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "http/router.h"

namespace renown::http {

/// What the document says beside the routes.
struct ApiInfo {
  std::string title;
  std::string version;
  std::string description;
  std::string licence_name = "Apache-2.0";
  std::string server = "/";  ///< where the paths begin
  struct Tag {
    std::string name, description;
  };
  std::vector<Tag> tags = {{"api", "Everything."}};

  /// JSON of `components.schemas`, for "$ref"s in the schemas of routes; "Problem" is added.
  std::string schemas = "{}";
  std::vector<std::string> problem_types = {};  ///< all that there are beside "about:blank"
};

/// The document as JSON, the same bytes for the same routes. Parameters, limits and scopes are those that the server
/// checks. Every operation may answer with a problem (`default`).
std::string openapi_document(const Router& router, const ApiInfo& info);

}  // namespace renown::http
