# Writes build/<preset>/generated/shipped_schemas.cc: the schemas of the API, a file a tag, as part of the program.
file(GLOB schema_files CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/src/api/schemas/*.json)
set(schemas "")
foreach(file ${schema_files})
  renown_literal(${file} schema)
  string(APPEND schemas "          ${schema},\n")
endforeach()
file(CONFIGURE OUTPUT ${PROJECT_BINARY_DIR}/generated/shipped_schemas.cc @ONLY CONTENT [[
#include "api/shipped_schemas.h"

namespace renown::api {

std::vector<std::string_view> shipped_schemas() {
  return {
@schemas@  };
}

}  // namespace renown::api
]])
target_sources(renown_api PRIVATE ${PROJECT_BINARY_DIR}/generated/shipped_schemas.cc)
