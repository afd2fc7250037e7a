/// NetworkLogins: logging in here by logging in at a network, which proves that the account is one's own.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "renown/account.h"
#include "renown/result.h"

#include "net/transport.h"
#include "oauth/client.h"
#include "oauth/server.h"
#include "oauth/token_vault.h"
#include "pipeline/connectors.h"
#include "pipeline/network_access.h"

namespace renown::api {

/// A log-in that was begun: at which network, by which browser, and for whom.
struct BegunLogin {
  std::string connector;           ///< "mastodon", "bluesky", "github"
  std::string server;              ///< of Mastodon's; empty: the network's own
  std::string browser;             ///< what the browser's cookie must say
  std::int64_t session_login = 0;  ///< whose session it was; 0: nobody's
  std::int64_t begun = 0;
};

/// Whose account the network says it is.
struct ShownAccount {
  Account account;
  std::string stable_id;  ///< as people/stable_id.h has it; empty: the name is one
};

/// A log-in that came back from its network.
struct FinishedLogin {
  BegunLogin begun;
  ShownAccount shown;
};

/// GitHub knows a program only by an OAuth app that its operator made there.
struct GithubApp {
  std::string client_id;  ///< empty: nobody logs in at GitHub
  std::string client_secret;
  oauth::Server server = oauth::github_server();
  std::string api = "https://api.github.com";
};

struct NetworkLoginOptions {
  pipeline::NetworkOptions network;
  GithubApp github = {};
  std::string plc_directory = {};  ///< whose word on did:plc is taken; empty: the network's own
  std::string public_url;          ///< of this instance: networks send people back to it
};

/// For any number of threads. What has been begun lies in memory, but for what oauth::Login keeps in the vault: after a
/// restart a log-in begins anew.
class NetworkLogins {
 public:
  static constexpr std::size_t kMostBegun = 1000;

  /// vault  outlives it
  NetworkLogins(oauth::TokenVault& vault, NetworkLoginOptions options) : vault_(vault), options_(std::move(options)) {}

  bool knows_github() const { return !options_.github.client_id.empty(); }

  std::string callback_url() const { return options_.public_url + "/v1/logins/callback"; }

  /// The document by which AT Protocol knows this instance, at client_url().
  std::string client_document() const;
  std::string client_url() const { return options_.public_url + "/oauth/client.json"; }

  /// returns  the address to send the person to
  /// errors   usage, not_found, io, bad_input: as pipeline::LogIn; busy where too many have been begun
  Result<std::string> begin(BegunLogin login, const std::string& account);

  /// query    of the address that the person came back to
  /// browser  what its cookie says
  /// errors   bad_input: not a log-in of this browser, or too late; cancelled; io
  Result<FinishedLogin> finish(std::string_view query, std::string_view browser, std::int64_t now);

 private:
  Result<ShownAccount> account_of(const BegunLogin& login, const std::string& access_token, net::Transport& http) const;
  std::optional<BegunLogin> take(const std::string& state, std::int64_t now);

  oauth::TokenVault& vault_;
  NetworkLoginOptions options_;
  std::mutex mutex_;
  std::map<std::string, BegunLogin> begun_;  ///< by state
};

}  // namespace renown::api
