/// Credential: all that is kept of one account's log-in, and how the vault holds it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "renown/result.h"

#include "io/json.h"
#include "oauth/client.h"
#include "oauth/server.h"
#include "oauth/token_answer.h"

namespace renown::oauth {

struct Credential {
  std::string account;  ///< its name in the vault: "mastodon:ada@example.net"
  std::string issuer;
  std::string token_endpoint;
  std::string resource;  ///< "https://pds.example": the server that takes the tokens; "" where the source's own does
  Client client;
  std::string dpop_key;    ///< DpopKey::text(); "" where tokens are bound to none
  std::string dpop_nonce;  ///< the server's last one
  Tokens tokens;

  /// The refresh token before the last: a server may still wait for the first use of the newer one, and take this
  /// one again where its answer was lost.
  std::string refresh_before;
  /// Why the person should log in again; "" while all is well. Tokens stay even so, and are tried again.
  std::string needs_login;
};

std::string to_text(const Credential& credential);

/// errors  bad_input, without showing the text
Result<Credential> parse_credential(std::string_view text);

/// The same where it stands inside another document.
Result<Credential> read_credential(const io::JsonValue& object);

}  // namespace renown::oauth
