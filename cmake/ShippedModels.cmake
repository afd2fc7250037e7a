# Writes build/<preset>/generated/shipped_models.cc: the model files as part of the program.
file(GLOB model_files CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/models/*.toml)
set(names "")
set(cases "")
foreach(file IN LISTS model_files)
  get_filename_component(name ${file} NAME_WLE)
  file(READ ${file} text)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
  string(APPEND names "\"${name}\", ")
  string(APPEND cases "  if (name == \"${name}\") return R\"model(${text})model\";\n")
endforeach()
file(CONFIGURE OUTPUT ${PROJECT_BINARY_DIR}/generated/shipped_models.cc @ONLY CONTENT [[
#include "score/model_file.h"

namespace renown::score {

std::vector<std::string_view> shipped_models() { return {@names@}; }

std::string_view shipped_model(std::string_view name) {
@cases@  return {};
}

}  // namespace renown::score
]])
target_sources(renown_score PRIVATE ${PROJECT_BINARY_DIR}/generated/shipped_models.cc)
