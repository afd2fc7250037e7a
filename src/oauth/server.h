/// An authorization server: where to log in and to get tokens, and what it asks for.
#pragma once

#include <string>
#include <string_view>

#include "renown/result.h"

namespace renown::oauth {

struct Server {
  std::string issuer;  ///< its name: "https://bsky.social"
  std::string authorization_endpoint;
  std::string token_endpoint;
  std::string par_endpoint;  ///< pushed authorization requests (RFC 9126); "" if it takes none
  bool needs_par = false;
  bool dpop = false;          ///< tokens are bound to a key (RFC 9449)
  bool names_itself = false;  ///< a callback carries `iss` (RFC 9207), and one without is refused
};

/// From the document at ISSUER/.well-known/oauth-authorization-server (RFC 8414).
///
/// issuer  as it was asked for: a document that calls itself something else is refused
/// errors  bad_input, one sentence naming the issuer: endpoints that are not https (http only on 127.0.0.1, ::1 and
///         localhost), a server without codes or without S256
Result<Server> parse_server(std::string_view document, std::string_view issuer);

/// The issuer that a protected resource names: from ORIGIN/.well-known/oauth-protected-resource (RFC 9728), as the
/// personal data servers of the AT Protocol have it.
Result<std::string> parse_resource_issuer(std::string_view document, std::string_view origin);

/// Mastodon before 4.3 has no such document; its places are the same everywhere.
Server mastodon_server(std::string_view origin);

Server github_server();

/// "https://example.net", or http on the machine itself: a URL that tokens may be sent to.
bool is_safe_url(std::string_view url);

}  // namespace renown::oauth
