/// Role: what a login may do at all.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace renown::access {

/// Rows of logins, API keys and people: numbers that are never given twice.
using LoginId = std::int64_t;
using PersonId = std::int64_t;  ///< as the registry of people numbers them; 0: nobody

enum class Role {
  person,     ///< sees and changes what is theirs
  operator_,  ///< runs the instance: settings, sources, people, keys that look others up
};

/// "person", "operator".
constexpr std::string_view role_name(Role role) {
  return role == Role::operator_ ? "operator" : "person";
}
constexpr std::optional<Role> parse_role(std::string_view name) {
  if (name == "operator") return Role::operator_;
  if (name == "person") return Role::person;
  return std::nullopt;
}

}  // namespace renown::access
