#include "pipeline/connectors.h"

#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace renown::pipeline {

std::span<const ConnectorKind> connectors() {
  static const std::vector<ConnectorKind> all = {};
  return all;
}

Result<const ConnectorKind*> find_connector(std::span<const ConnectorKind> all, std::string_view name) {
  std::vector<std::string_view> names;
  for (const ConnectorKind& each : all) {
    if (each.name == name) return &each;
    names.push_back(each.name);
  }
  return Error{ErrorCode::usage, fmt::format("there is no connector '{}': there are {}", name, fmt::join(names, ", "))};
}

}  // namespace renown::pipeline
