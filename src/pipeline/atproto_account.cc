#include "pipeline/atproto_account.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "base/ascii.h"
#include "base/text.h"
#include "connect/xrpc.h"
#include "io/json.h"
#include "net/url.h"
#include "people/owner_name.h"

namespace renown::pipeline {
namespace {

/// The body of what must be answered by status 200 at the very address. what  in sentences
Result<std::string> document_at(net::Transport& http, const std::string& address, const std::string& what) {
  auto answer = http.fetch({.url = address, .headers = {{"Accept", "application/json"}}});
  if (!answer) return net::to_error(answer.error());
  if (answer->status == 200 && answer->redirects == 0) return std::move(answer->body);
  const bool is_gone = answer->status == 400 || answer->status == 404 || answer->status == 410;
  return Error{is_gone ? ErrorCode::not_found : ErrorCode::io,
               fmt::format("{} is not at {}: {}", what, base::printable(address),
                           answer->redirects > 0 ? std::string("it leads elsewhere")
                                                 : fmt::format("status {}", answer->status))};
}

Result<std::string> did_of(net::Transport& http, const std::string& handle, const std::string& resolver) {
  const auto body =
      document_at(http, connect::xrpc_url(resolver, "com.atproto.identity.resolveHandle", {{"handle", handle}}),
                  "the account of " + base::printable(handle));
  if (!body) return body.error();
  io::JsonParser parser;
  const auto root = parser.parse(*body);
  const std::string_view did = root ? (*root)["did"].text() : std::string_view{};
  if (!people::is_did(did)) return bad_input(fmt::format("{} names no DID for {}", resolver, base::printable(handle)));
  return std::string(did);
}

bool says_handle(const io::JsonValue& document, std::string_view handle) {
  const std::string wanted = "at://" + base::lower(handle);
  return std::ranges::any_of(document["alsoKnownAs"].elements(),
                             [&](const io::JsonValue& name) { return base::lower(name.text()) == wanted; });
}

/// "https://pds.example" of the document's service; empty where it names none.
std::string server_in(const io::JsonValue& document) {
  for (const io::JsonValue service : document["service"].elements()) {
    if (!service["id"].text().ends_with("#atproto_pds")) continue;
    const auto url = net::Url::parse(service["serviceEndpoint"].text());
    if (!url || url->target() != "/" || !oauth::is_safe_url(url->text())) return {};
    std::string text = url->text();
    text.pop_back();
    return text;
  }
  return {};
}

}  // namespace

Result<AtprotoAccount> find_atproto_account(net::Transport& http, const std::string& account,
                                            const AtprotoDirectories& directories) {
  AtprotoAccount found{.did = account, .server = {}};
  const bool is_handle = !people::is_did(account);
  if (is_handle) {
    auto did = did_of(http, account, directories.resolver);
    if (!did) return did.error();
    found.did = std::move(*did);
  }
  const auto places = people::documents_of({"bluesky", found.did}, directories.plc_directory);
  if (!places) return places.error();
  if (places->empty()) return bad_input(fmt::format("{} is a DID of a kind that Renown does not know", found.did));
  const auto body = document_at(http, places->front().address, "the document of " + found.did);
  if (!body) return body.error();
  io::JsonParser parser;
  const auto document = parser.parse(*body);
  if (!document || (*document)["id"].text() != found.did) {
    return bad_input(fmt::format("{} is not the document of {}", places->front().address, found.did));
  }
  if (is_handle && !says_handle(*document, account)) {
    return bad_input(fmt::format("{} does not say that {} is its handle: give the account by its DID", found.did,
                                 base::printable(account)));
  }
  found.server = server_in(*document);
  if (found.server.empty()) return bad_input(fmt::format("the document of {} names no server over https", found.did));
  return found;
}

Result<oauth::Server> log_in_server_of(net::Transport& http, const std::string& server) {
  const auto resource =
      document_at(http, server + "/.well-known/oauth-protected-resource", "how to log in at " + server);
  if (!resource) return resource.error();
  const auto issuer = oauth::parse_resource_issuer(*resource, server);
  if (!issuer) return issuer.error();
  const auto description =
      document_at(http, *issuer + "/.well-known/oauth-authorization-server", "how to log in at " + *issuer);
  if (!description) return description.error();
  auto found = oauth::parse_server(*description, *issuer);
  if (!found) return found;
  if (found->par_endpoint.empty() || !found->dpop || !found->names_itself) {
    return bad_input(
        fmt::format("{} logs nobody in as AT Protocol asks: by pushed requests, with DPoP, naming itself", *issuer));
  }
  return found;
}

}  // namespace renown::pipeline
