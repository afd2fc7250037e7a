#include "ingest/archive/googleplus/markup.h"

#include <algorithm>
#include <utility>

#include "base/ascii.h"
#include "ingest/tag_list.h"

namespace renown::ingest::archive::googleplus {
namespace {

/// Calls use(attributes, text) for each <a ...>text</a>; text ends at the next tag. Broken markup ends the search.
template <class Use>
void for_each_link(std::string_view html, Use use) {
  for (std::size_t at = html.find("<a "); at != std::string_view::npos; at = html.find("<a ", at + 1)) {
    const std::size_t end = html.find('>', at);
    if (end == std::string_view::npos) return;
    const std::string_view text = html.substr(end + 1);
    use(html.substr(at, end - at), text.substr(0, text.find('<')));
  }
}

/// The number or +alias behind the address in href="https://plus.google.com/...".
std::string_view account_behind(std::string_view attributes) {
  constexpr std::string_view kHref = "href=\"https://plus.google.com/";
  const std::size_t at = attributes.find(kHref);
  if (at == std::string_view::npos) return {};
  attributes.remove_prefix(at + kHref.size());
  const std::string_view account = attributes.substr(0, attributes.find_first_of("\"/?"));
  const bool is_number = std::ranges::all_of(account, base::is_digit);
  return is_number || account.starts_with('+') ? account : std::string_view{};
}

}  // namespace

std::string tags_in(std::string_view html) {
  TagList tags;
  for_each_link(html, [&](std::string_view attributes, std::string_view text) {
    if (attributes.find("ot-hashtag") != std::string_view::npos) tags.add(text);
  });
  return tags.text();
}

std::vector<std::string> accounts_in(std::string_view html) {
  std::vector<std::string> accounts;
  for_each_link(html, [&](std::string_view attributes, std::string_view) {
    if (attributes.find("proflink") == std::string_view::npos) return;
    std::string account(account_behind(attributes));
    if (account.empty() || std::ranges::find(accounts, account) != accounts.end()) return;
    accounts.push_back(std::move(account));
  });
  return accounts;
}

}  // namespace renown::ingest::archive::googleplus
