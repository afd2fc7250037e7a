/// LogIn: a person lets Renown read what their network shows to them alone.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "renown/result.h"

#include "base/random.h"
#include "log/source.h"
#include "net/transport.h"
#include "oauth/client.h"
#include "oauth/credential.h"
#include "oauth/login.h"
#include "oauth/server.h"
#include "oauth/token_vault.h"
#include "pipeline/connectors.h"

namespace renown::pipeline {

struct LogInRequest {
  const log::Source& source;  ///< as it would be added
  oauth::Client client;       ///< as far as the operator gave it; what is missing is registered, or the way's own
  std::string plc_directory = "https://plc.directory";  ///< whose word on did:plc is taken
  oauth::Server github = oauth::github_server();        ///< where an OAuth app of GitHub logs people in
  std::string state = {};  ///< as of oauth::Login::Wanted: a caller who knows it can tell whose log-in comes back
};

/// Between begin() and finish() everything lies in the vault: they may be of two runs.
class LogIn {
 public:
  /// vault, http  outlive it
  /// now          unix seconds
  LogIn(oauth::TokenVault& vault, net::Transport& http, std::int64_t now) : vault_(vault), http_(http), now_(now) {}

  /// returns the address to send the person to
  /// errors  usage for a connector without log-ins, or a client that must be made by hand; not_found, io, bad_input as
  ///         oauth::Login, and of an account of AT Protocol as find_atproto_account
  Result<std::string> begin(const ConnectorKind& kind, const LogInRequest& request);

  /// callback  the whole address that the person was sent to in the end
  /// errors    as oauth::Login::finish
  Result<oauth::Credential> finish(std::string_view callback);

 private:
  Result<oauth::Login::Wanted> at_github(const oauth::Server& server, oauth::Client client) const;
  Result<oauth::Login::Wanted> at_mastodon(const std::string& origin, oauth::Client client);
  Result<oauth::Login::Wanted> at_atproto(const LogInRequest& request, oauth::Client client);
  Result<oauth::Client> registered(const std::string& origin, oauth::Client client);
  Result<oauth::Server> server_at(const std::string& origin);

  oauth::TokenVault& vault_;
  net::Transport& http_;
  std::int64_t now_;
  base::RandomBytes random_ = base::system_random();
};

}  // namespace renown::pipeline
