#include "people/claims.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/ascii.h"
#include "base/text.h"
#include "people/claim_readers.h"
#include "people/owner_name.h"
#include "people/web_address.h"

namespace renown::people {
namespace {

constexpr std::size_t kMaxBodyBytes = std::size_t{4} << 20;
constexpr std::string_view kDns = "dns:";
constexpr std::string_view kGithubApi = "api.github.com";

std::string media_type(const Document& document) {
  const std::string_view type = document.content_type;
  return base::lower(base::trim(type.substr(0, type.find(';'))));
}

bool is_one_of(std::string_view type, std::initializer_list<std::string_view> types) {
  return std::ranges::find(types, type) != types.end();
}

/// Whose document it is when it came by the web: the address asked for, once it is known that no other host answered.
Result<WebAddress> trusted_address(const Document& document) {
  auto asked = parse_web_address(document.asked);
  if (!asked) return asked.error();
  const auto final = parse_web_address(document.final_address());
  if (!final) return final.error();
  if (final->scheme != "https") {
    return bad_input(
        fmt::format("{} did not come by https, so anybody on the way could have written it", document.asked));
  }
  if (final->authority() != asked->authority()) {
    return bad_input(
        fmt::format("{} sends on to another host, {}: ask for the address there", document.asked, final->authority()));
  }
  return asked;
}

Result<Claims> read_web(const Document& document, std::string_view plc_directory) {
  const auto address = trusted_address(document);
  if (!address) return address.error();
  const std::string type = media_type(document);
  const auto directory = parse_web_address(plc_directory);
  if (!directory) return directory.error();
  if (address->authority() == directory->authority()) return read_plc_document(document, *address);
  if (address->authority() == kGithubApi) return read_github_user(document, *address);
  if (address->path == "/.well-known/atproto-did") return read_handle_file(document, *address);
  if (address->path == "/.well-known/webfinger") {
    if (is_one_of(type, {"application/jrd+json", "application/json"})) return read_webfinger(document, *address);
    return bad_input(fmt::format("{} is no JRD: its type is '{}'", document.asked, type));
  }
  if (address->path.ends_with("/did.json")) return read_did_web_document(document, *address);
  if (is_one_of(type, {"text/html", "application/xhtml+xml"})) return read_page(document, *address);
  if (is_one_of(type, {"application/activity+json", "application/ld+json"})) return read_activity(document, *address);
  if (address->path.starts_with("/xrpc/")) return read_record(document, *address);
  return bad_input(fmt::format("{} proves nothing: its type '{}' is none that says who owns it", document.asked, type));
}

}  // namespace

const char* method_name(ClaimMethod method) {
  switch (method) {
    case ClaimMethod::rel_me:
      return "rel=me";
    case ClaimMethod::webfinger:
      return "WebFinger";
    case ClaimMethod::did:
      return "DID document";
    case ClaimMethod::dns:
      return "DNS TXT";
    case ClaimMethod::well_known:
      return "well-known file";
    case ClaimMethod::actor:
      return "actor document";
  }
  return "";
}

Result<Claims> read_claims(const Document& document, std::string_view plc_directory) {
  if (document.body.size() > kMaxBodyBytes) {
    return bad_input(fmt::format("{} is larger than {} bytes", document.asked, kMaxBodyBytes));
  }
  if (std::string_view(document.asked).starts_with(kDns)) return read_txt(document);
  return read_web(document, plc_directory);
}

}  // namespace renown::people
