/// Login: from "connect this account" to tokens, one way for all networks (RFC 6749 with PKCE; PAR and DPoP where the
/// server has them).
///
///     begin()   makes what only this log-in knows, stores it, and gives the address to send the person to
///     finish()  takes the address the person came back to, once, and gets the tokens
///
/// What is between the two lies in the vault: the program may end in the meantime.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "renown/result.h"

#include "oauth/client.h"
#include "oauth/credential.h"
#include "oauth/pending_login.h"
#include "oauth/server.h"
#include "oauth/token_request.h"
#include "oauth/token_vault.h"

namespace renown::oauth {

class Login {
 public:
  static constexpr std::int64_t kSeconds = 15 * 60;  ///< a person has from begin() to finish()

  Login(TokenVault& vault, const Asking& asking) : vault_(vault), asking_(asking) {}

  struct Wanted {
    Server server;
    Client client;
    std::string hint;           ///< the account as the person typed it, for the server's form; may be ""
    std::string resource = {};  ///< Credential::resource
    std::string subject = {};   ///< whom the tokens must be of: a DID; "" where the server does not say
    std::string state = {};     ///< what comes back with the person: random_text() of at least 16 bytes; "": drawn here
  };

  /// returns  the address of the server's log-in page
  /// errors   usage (a scope that does more than read), io (the server or the vault), bad_input (the server's answer)
  Result<std::string> begin(const Wanted& wanted);

  /// callback  the whole address the person was sent back to, or its query
  /// returns   the credential, not named and not stored yet: only who asks the network whose tokens these are knows
  ///           the account; TokenKeeper::add() then keeps it
  /// errors    bad_input: not the answer to a log-in that was begun here (forged, repeated, too late, another
  /// server's, another account's);
  ///           cancelled: the person said no; io: the server could not, and the log-in must begin again
  Result<Credential> finish(std::string_view callback);

 private:
  Result<void> forget_abandoned();
  Result<PendingLogin> take_pending(std::string_view state);
  Result<std::string> pushed(const Wanted& wanted, const Parameters& parameters, Credential& pending);

  TokenVault& vault_;
  Asking asking_;
};

}  // namespace renown::oauth
