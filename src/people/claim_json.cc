// What speaks for an account in JSON: JRDs, DID documents, actors, posts.
#include <algorithm>

#include <fmt/format.h>

#include "base/ascii.h"
#include "io/json.h"
#include "people/challenge.h"
#include "people/claim_readers.h"
#include "people/owner_name.h"
#include "people/stable_id.h"

namespace renown::people {
namespace {

Error not_json(const Document& document, const Error& why) {
  return bad_input(fmt::format("{} is {}", document.asked, why.message));
}

/// Adds what `reference` names: as the same owner where the host of the document has the say over both, else as a
/// claim.
void add(Claims& claims, const std::string& from, std::string_view reference, ClaimMethod method,
         const std::string& host_prefix) {
  auto name = owner_name(reference);
  if (!name) {
    claims.passed_over.push_back(name.error().message);
    return;
  }
  const bool own = !host_prefix.empty() && name->starts_with(host_prefix);
  (own ? claims.same : claims.claims).push_back({from, std::move(*name), method});
}

/// For each of a value's texts, be it one or an array of them.
template <class Use>
void each_text(const io::JsonValue& value, const Use& use) {
  if (value.is_string()) use(value.text());
  for (const io::JsonValue element : value.elements()) {
    if (element.is_string()) use(element.text());
  }
}

/// alsoKnownAs and the place of the repository.
Result<Claims> read_did_document(const Document& document, const std::string& did) {
  io::JsonParser parser;
  const auto root = parser.parse(document.body);
  if (!root) return not_json(document, root.error());
  if ((*root)["id"].text() != did) {
    return bad_input(fmt::format("{} is the document of '{}', not of {}", document.asked, (*root)["id"].text(), did));
  }
  Claims claims;
  claims.speaker = did;
  each_text((*root)["alsoKnownAs"], [&](std::string_view text) { add(claims, did, text, ClaimMethod::did, ""); });
  for (const io::JsonValue service : (*root)["service"].elements()) {
    if (!service["id"].text().ends_with("#atproto_pds")) continue;
    const auto server = parse_web_address(service["serviceEndpoint"].text());
    if (server && server->scheme == "https") claims.server = "https://" + server->authority();
  }
  return claims;
}

bool is_profile_relation(std::string_view relation) {
  return relation == "self" || relation == "http://webfinger.net/rel/profile-page" || relation == "me";
}

Result<Claims> read_post(const Document& document, const WebAddress& address, const io::JsonValue& post) {
  const auto id = owner_name(post["id"].text());
  const auto author = owner_name(post["attributedTo"].text());
  if (!id || *id != address.name()) return bad_input(fmt::format("{} is not the post of that address", document.asked));
  if (!author) return bad_input(fmt::format("{} names no one author", document.asked));
  // Where people of one host may put files there, the host alone says nothing about the author; the folder does.
  if (!id->starts_with(*author + "/")) {
    return bad_input(
        fmt::format("{} does not lie under its author, {}: link by rel=me instead", document.asked, *author));
  }
  Claims claims;
  claims.speaker = *author;
  claims.challenges = find_challenges(post["content"].text());
  return claims;
}

}  // namespace

Result<Claims> read_webfinger(const Document& document, const WebAddress& address) {
  io::JsonParser parser;
  const auto root = parser.parse(document.body);
  if (!root) return not_json(document, root.error());
  const auto subject = owner_name((*root)["subject"].text());
  if (!subject || !subject->starts_with("acct:")) {
    return bad_input(fmt::format("{} has no subject acct:USER@HOST", document.asked));
  }
  if (!subject->ends_with("@" + address.authority())) {
    return bad_input(fmt::format("{} speaks for {}, over whom its host has no say", document.asked, *subject));
  }
  Claims claims;
  claims.speaker = *subject;
  const std::string own_host = "https://" + address.authority() + "/";
  each_text((*root)["aliases"],
            [&](std::string_view text) { add(claims, *subject, text, ClaimMethod::webfinger, own_host); });
  for (const io::JsonValue link : (*root)["links"].elements()) {
    if (is_profile_relation(link["rel"].text()) && link["href"].is_string())
      add(claims, *subject, link["href"].text(), ClaimMethod::webfinger, own_host);
  }
  for (const Claim& same : claims.same) claims.also_ask.push_back({same.to, "text/html"});
  return claims;
}

Result<Claims> read_plc_document(const Document& document, const WebAddress& address) {
  const std::string did = address.path.substr(1);
  if (!is_did(did) || !did.starts_with("did:plc:"))
    return bad_input(fmt::format("{} is no address of a did:plc document", document.asked));
  return read_did_document(document, did);
}

Result<Claims> read_did_web_document(const Document& document, const WebAddress& address) {
  std::string place = address.path.substr(0, address.path.size() - std::string_view("/did.json").size());
  if (place == "/.well-known") place.clear();
  std::ranges::replace(place, '/', ':');
  const std::string port = address.port.empty() ? "" : "%3A" + address.port;
  return read_did_document(document, "did:web:" + address.host + port + place);
}

Result<Claims> read_activity(const Document& document, const WebAddress& address) {
  io::JsonParser parser;
  const auto root = parser.parse(document.body);
  if (!root) return not_json(document, root.error());
  if ((*root)["attributedTo"].is_string()) return read_post(document, address, *root);
  const auto id = owner_name((*root)["id"].text());
  if (!id || *id != address.name()) {
    return bad_input(
        fmt::format("{} is the document of '{}', not of its address", document.asked, (*root)["id"].text()));
  }
  Claims claims;
  claims.speaker = *id;
  const std::string_view user = (*root)["preferredUsername"].text();
  if (const auto account = owner_name(fmt::format("acct:{}@{}", user, address.authority())))
    claims.also_ask.push_back(
        {fmt::format("https://{}/.well-known/webfinger?resource={}", address.authority(), *account), ""});
  for (const std::string_view key : {"alsoKnownAs", "url"}) {
    each_text((*root)[key], [&](std::string_view text) { add(claims, *id, text, ClaimMethod::actor, ""); });
  }
  return claims;
}

Result<Claims> read_github_user(const Document& document, const WebAddress& address) {
  io::JsonParser parser;
  const auto root = parser.parse(document.body);
  if (!root) return not_json(document, root.error());
  const std::string login = base::lower((*root)["login"].text());
  if (login.empty() || base::lower(address.path) != "/users/" + login)
    return bad_input(fmt::format("{} is the document of '{}', not of its address", document.asked, login));
  Claims claims;
  claims.speaker = "https://github.com/" + login;
  claims.stable_id = github_id(*root);
  if (claims.stable_id.empty()) return bad_input(fmt::format("{} does not say the account's number", document.asked));
  return claims;
}

Result<Claims> read_record(const Document& document, const WebAddress& address) {
  io::JsonParser parser;
  const auto root = parser.parse(document.body);
  if (!root) return not_json(document, root.error());
  const std::string_view uri = (*root)["uri"].text();
  const std::size_t end = uri.starts_with("at://") ? uri.find('/', 5) : std::string_view::npos;
  if (end == std::string_view::npos || !is_did(uri.substr(5, end - 5)) ||
      !uri.substr(end).starts_with("/app.bsky.feed.post/"))
    return bad_input(fmt::format("{} is no post of a repository", document.asked));
  Claims claims;
  claims.speaker = uri.substr(5, end - 5);
  claims.needs_server = "https://" + address.authority();
  claims.challenges = find_challenges((*root).find({"value", "text"}).text());
  return claims;
}

}  // namespace renown::people
