#include "connect/web_account.h"

#include "people/web_address.h"

namespace renown::connect {

std::string web_account(std::string_view address) {
  const auto page = people::parse_web_address(address);
  return page ? page->name().substr(std::string_view("https://").size()) : "";
}

std::string web_site(std::string_view address) {
  const auto page = people::parse_web_address(address);
  return page ? page->authority() : "";
}

bool is_of_site(std::string_view account, std::string_view site) {
  if (!account.starts_with(site)) return false;
  const std::string_view rest = account.substr(site.size());
  return rest.empty() || rest.front() == '/' || rest.front() == '?';
}

}  // namespace renown::connect
