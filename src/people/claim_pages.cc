// What speaks for a web address or a domain: pages, TXT records, the handle file.
#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "base/ascii.h"
#include "people/challenge.h"
#include "people/claim_readers.h"
#include "people/html_links.h"
#include "people/owner_name.h"

namespace renown::people {
namespace {

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    const std::string_view line = base::trim(text.substr(begin, end - begin));
    if (!line.empty()) lines.push_back(line);
    begin = end + 1;
  }
  return lines;
}

/// The one DID that the records of a handle name. errors  bad_input where they name none or several
Result<std::string> one_did(const std::set<std::string>& dids, const std::string& asked) {
  if (dids.empty()) return bad_input(fmt::format("{} has no did=... record", asked));
  if (dids.size() > 1)
    return bad_input(fmt::format("{} names {} different DIDs, so it names none", asked, dids.size()));
  if (!is_did(*dids.begin())) return bad_input(fmt::format("{}: '{}' is no DID", asked, *dids.begin()));
  return *dids.begin();
}

Result<Claims> read_handle_records(const Document& document, const std::string& handle) {
  std::set<std::string> dids;
  for (const std::string_view line : lines_of(document.body)) {
    if (line.starts_with("did=")) dids.emplace(line.substr(4));
  }
  const auto did = one_did(dids, document.asked);
  if (!did) return did.error();
  Claims claims;
  claims.claims.push_back({"at://" + handle, *did, ClaimMethod::dns});
  return claims;
}

}  // namespace

Result<Claims> read_page(const Document& document, const WebAddress& address) {
  const HtmlLinks links = find_html_links(document.body);
  const auto final = parse_web_address(document.final_address());
  if (!final) return final.error();
  const auto base = resolve(*final, links.base);
  if (!base) return bad_input(fmt::format("{}: its <base> is no address", document.asked));
  Claims claims;
  claims.speaker = address.name();
  for (const std::string& href : links.me) {
    const bool absolute = href.starts_with("acct:") || href.starts_with("did:") || href.starts_with("at:");
    const auto target = absolute ? Result<WebAddress>(bad_input("")) : resolve(*base, href);
    auto name = absolute ? owner_name(href) : target ? Result<std::string>(target->name()) : target.error();
    if (name) {
      claims.claims.push_back({claims.speaker, std::move(*name), ClaimMethod::rel_me});
    } else {
      claims.passed_over.push_back(name.error().message);
    }
  }
  for (const std::string& proof : links.proofs) {
    // The prefix may be left out where the meta's name says it already.
    const std::string text = proof.starts_with("renown-proof=") ? proof : "renown-proof=" + proof;
    const auto found = find_challenges(text);
    claims.challenges.insert(claims.challenges.end(), found.begin(), found.end());
  }
  return claims;
}

Result<Claims> read_handle_file(const Document& document, const WebAddress& address) {
  const auto lines = lines_of(document.body);
  const auto did = one_did({lines.begin(), lines.end()}, document.asked);
  if (!did) return did.error();
  Claims claims;
  claims.claims.push_back({"at://" + address.host, *did, ClaimMethod::well_known});
  return claims;
}

Result<Claims> read_txt(const Document& document) {
  std::string_view name = document.asked;
  name.remove_prefix(std::string_view("dns:").size());
  const std::size_t mark = name.find('?');
  if (mark == std::string_view::npos || base::lower(name.substr(mark)) != "?type=txt")
    return bad_input(fmt::format("{} asks for no TXT records: write dns:NAME?type=TXT", document.asked));
  if (document.final_address() != document.asked)
    return bad_input(fmt::format("{} was answered by another name, {}", document.asked, document.final_address()));
  std::string host = base::lower(name.substr(0, mark));
  if (host.ends_with('.')) host.pop_back();
  constexpr std::string_view kHandle = "_atproto.", kOwn = "_renown.";
  const bool handle = host.starts_with(kHandle);
  if (handle) host.erase(0, kHandle.size());
  if (!handle && host.starts_with(kOwn)) host.erase(0, kOwn.size());
  if (!is_host_name(host)) return bad_input(fmt::format("{} names no host", document.asked));
  if (handle) return read_handle_records(document, host);
  Claims claims;
  claims.speaker = "https://" + host;
  for (const std::string_view line : lines_of(document.body)) {
    if (line.starts_with("renown-proof=")) claims.challenges.emplace_back(line);
  }
  return claims;
}

}  // namespace renown::people
