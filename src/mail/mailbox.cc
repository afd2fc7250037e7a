#include "mail/mailbox.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/ascii.h"
#include "net/url.h"

namespace renown::mail {
namespace {

constexpr std::size_t kMostNameBytes = 64, kMostBytes = 254;     ///< RFC 5321, section 4.5.3.1
constexpr std::string_view kNameMarks = "!#$%&'*+-/=?^_`{|}~.";  ///< beside letters and digits: atext, and the dot

Error no_mailbox() {
  return bad_input(
      "no letter can be sent to this address: it takes a name of plain letters, digits and marks, an @ and a domain");
}

bool is_name(std::string_view name) {
  const auto fits = [](char c) { return base::is_letter_or_digit(c) || kNameMarks.find(c) != std::string_view::npos; };
  return !name.empty() && name.size() <= kMostNameBytes && std::ranges::all_of(name, fits) && name.front() != '.' &&
         name.back() != '.' && name.find("..") == std::string_view::npos;
}

/// A domain ends in a name: what ends in a digit or a bracket is an address of a machine.
bool is_domain(std::string_view host) {
  return host.find('.') != std::string_view::npos && base::is_letter(host.back());
}

}  // namespace

Result<std::string> mailbox(std::string_view text) {
  text = base::trim(text);
  const std::size_t at = text.rfind('@');
  if (at == std::string_view::npos || text.size() > kMostBytes || !is_name(text.substr(0, at))) return no_mailbox();
  const std::string_view host = text.substr(at + 1);
  if (host.empty() || host.find_first_of(":/?#[]") != std::string_view::npos) return no_mailbox();
  const auto url = net::Url::parse(fmt::format("https://{}/", host));  // reads international names as the web does
  if (!url || !is_domain(url->host())) return no_mailbox();
  std::string whole = fmt::format("{}@{}", text.substr(0, at), url->host());
  if (whole.size() > kMostBytes) return no_mailbox();
  return whole;
}

std::string_view domain_of(std::string_view mailbox) {
  return mailbox.substr(mailbox.rfind('@') + 1);
}

}  // namespace renown::mail
