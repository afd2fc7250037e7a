#include "people/owner_name.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/ascii.h"
#include "people/web_address.h"

namespace renown::people {
namespace {

Error bad(std::string_view text, std::string_view why) {
  return bad_input(fmt::format("'{}' {}", text.substr(0, 200), why));
}

bool all_of(std::string_view text, std::string_view allowed) {
  return !text.empty() && text.find_first_not_of(allowed) == std::string_view::npos;
}

constexpr std::string_view kLower = "abcdefghijklmnopqrstuvwxyz";
constexpr std::string_view kLowerDigits = "abcdefghijklmnopqrstuvwxyz0123456789";
constexpr std::string_view kDidPlcLetters = "abcdefghijklmnopqrstuvwxyz234567";
constexpr std::size_t kDidPlcSize = 24;
constexpr std::string_view kDidLetters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_:%";

Result<std::string> handle_name(std::string_view handle) {
  const std::string lower = base::lower(handle);
  if (is_did(handle)) return std::string(handle);
  if (!is_host_name(lower)) return bad(handle, "is no handle: it must be a host name");
  return "at://" + lower;
}

Result<std::string> acct_name(std::string_view rest) {
  const std::size_t at = rest.rfind('@');
  if (at == std::string_view::npos || at == 0) return bad(rest, "is no account: it must be user@host");
  const std::string user = base::lower(rest.substr(0, at)), host = base::lower(rest.substr(at + 1));
  if (!is_host_name(host)) return bad(rest, "names no host");
  if (!all_of(user, "abcdefghijklmnopqrstuvwxyz0123456789._-~+")) return bad(rest, "has a user with odd letters");
  return "acct:" + user + "@" + host;
}

/// Where a did:web's document lies: did:web:host, did:web:host%3A8080:path.
std::string did_web_address(std::string_view did) {
  std::string rest(did.substr(std::string_view("did:web:").size()));
  std::ranges::replace(rest, ':', '/');
  const std::size_t port = rest.find("%3A");
  if (port != std::string::npos && port < rest.find('/')) rest.replace(port, 3, ":");
  const bool bare = rest.find('/') == std::string::npos;
  return "https://" + rest + (bare ? "/.well-known/did.json" : "/did.json");
}

Result<std::vector<std::string>> web_names(const Account& account) {
  const auto page = parse_web_address("https://" + account.account);
  if (!page) return page.error();
  std::vector<std::string> names = {page->name()};
  if (page->path == "/" && page->port.empty() && page->query.empty()) names.push_back("at://" + page->host);
  return names;
}

}  // namespace

bool is_did(std::string_view text) {
  if (text.starts_with("did:plc:")) {
    const std::string_view id = text.substr(8);
    return id.size() == kDidPlcSize && all_of(id, kDidPlcLetters);
  }
  if (!text.starts_with("did:")) return false;
  const std::size_t colon = text.find(':', 4);
  if (colon == std::string_view::npos || text.size() > 500) return false;
  return all_of(text.substr(4, colon - 4), kLowerDigits) && all_of(text.substr(4, 1), kLower) &&
         all_of(text.substr(colon + 1), kDidLetters) && !text.ends_with(':');
}

Result<std::string> owner_name(std::string_view whole) {
  const std::string_view text = base::trim(whole);
  if (text.starts_with("did:")) {
    if (is_did(text)) return std::string(text);
    return bad(text, "is no DID");
  }
  if (text.starts_with("at://")) return handle_name(text.substr(5));
  if (text.starts_with("acct:")) return acct_name(text.substr(5));
  const auto address = parse_web_address(text);
  if (!address) return address.error();
  return address->name();
}

bool has_documents(std::string_view network) {
  return network == "web" || network == "bluesky" || network == "github" || network == "fediverse";
}

Result<std::vector<std::string>> names_of(const Account& account) {
  const std::string& text = account.account;
  if (account.network == "web") return web_names(account);
  if (account.network == "bluesky") {
    if (!is_did(text)) return bad(text, "is no Bluesky account: write its DID");
    return std::vector<std::string>{text};
  }
  if (account.network == "github") {
    if (!all_of(base::lower(text), "abcdefghijklmnopqrstuvwxyz0123456789-")) return bad(text, "is no GitHub login");
    return std::vector<std::string>{"https://github.com/" + base::lower(text)};
  }
  if (account.network == "fediverse") {
    const auto actor = parse_web_address(text);
    if (!actor) return actor.error();
    return std::vector<std::string>{actor->name()};
  }
  return bad(account.network,
             "accounts are named by no document: only github, bluesky, fediverse and web accounts are");
}

Result<std::vector<Wanted>> documents_of(const Account& account, std::string_view plc_directory) {
  const auto names = names_of(account);
  if (!names) return names.error();
  const std::string& name = names->front();
  std::vector<Wanted> wanted;
  if (name.starts_with("did:plc:")) wanted.push_back({std::string(plc_directory) + "/" + name, ""});
  if (name.starts_with("did:web:")) wanted.push_back({did_web_address(name), ""});
  if (name.starts_with("https://"))
    wanted.push_back({name, account.network == "fediverse" ? "application/activity+json" : "text/html"});
  if (account.network == "github")
    wanted.push_back({"https://api.github.com/users/" + base::lower(account.account), "application/json"});
  if (names->size() > 1) {  // a bare host
    const std::string host = names->back().substr(5);
    wanted.push_back({"dns:_atproto." + host + "?type=TXT", ""});
    wanted.push_back({"dns:" + host + "?type=TXT", ""});
    wanted.push_back({"https://" + host + "/.well-known/atproto-did", ""});
  }
  return wanted;
}

}  // namespace renown::people
