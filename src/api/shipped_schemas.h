/// The files of src/api/schemas, made part of the program by cmake/ShippedSchemas.cmake.
#pragma once

#include <string_view>
#include <vector>

namespace renown::api {

/// Each an object of schemas by name, in the order of the files' names.
std::vector<std::string_view> shipped_schemas();

}  // namespace renown::api
