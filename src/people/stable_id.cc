#include "people/stable_id.h"

#include <fmt/format.h>

namespace renown::people {

std::string github_id(const io::JsonValue& user) {
  const auto number = user["id"].integer();
  return number && *number > 0 ? fmt::format("{}", *number) : std::string();
}

std::string fediverse_id(std::string_view origin, const io::JsonValue& account) {
  const std::string_view number = account["id"].text();
  return number.empty() ? std::string() : fmt::format("{} {}", origin, number);
}

bool documents_tell_stable_id(const Account& account) {
  return account.network == "github";
}

}  // namespace renown::people
