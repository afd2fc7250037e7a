/// Accounts of the network `web`: sites and pages by which people name themselves (docs/people.md).
#pragma once

#include <string>
#include <string_view>

namespace renown::connect {

/// The account that an address is: "ada.example", "forge.example/ada". Empty where it is no address of a page.
std::string web_account(std::string_view address);

/// The site of an address alone: "forge.example".
std::string web_site(std::string_view address);

/// Whether an account is a site itself or a page of it.
bool is_of_site(std::string_view account, std::string_view site);

}  // namespace renown::connect
