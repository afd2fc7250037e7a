/// TokenKeeper: an access token whenever one is needed, and no refresh token ever lost.
///
/// Servers exchange the refresh token at each use, so a fault between their giving a new one and our storing it can
/// lock a person out. Three rules prevent it:
///   - a token that was received is handed out only when it is durable: until it is used, a server that forgives a lost
///     answer (as Mastodon's does) still takes the one before;
///   - nothing is ever deleted because a server, a proxy or a network said something: only a newer token replaces one,
///     and the one before is kept beside it;
///   - one process at a time refreshes, and looks first whether another has done it.
/// Where a server takes a refresh token once and calls a second time theft (AT Protocol's do), one moment stays that no
/// client can close: killed after the server gave new tokens and before they were durable, the person logs in again.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "renown/result.h"

#include "oauth/credential.h"
#include "oauth/token_request.h"
#include "oauth/token_vault.h"

namespace renown::oauth {

/// What the names of log-ins in the vault begin with.
inline constexpr std::string_view kLogIn = "account:";

/// Keeps a log-in under its account's name; an older one of that account is replaced. errors  io
Result<void> store_log_in(TokenVault& vault, const Credential& credential);

/// Whether there is one. errors  bad_input for a damaged vault, io
Result<bool> has_log_in(const TokenVault& vault, std::string_view account);

/// The log-in as it is kept; nothing where there is none. errors  bad_input for a damaged vault, io
Result<std::optional<Credential>> find_log_in(const TokenVault& vault, std::string_view account);

/// Forgets an account's tokens: the person asked for it. errors  io
Result<void> forget_log_in(TokenVault& vault, std::string_view account);

class TokenKeeper {
 public:
  static constexpr std::int64_t kEarly = 60;  ///< seconds before its end an access token is exchanged

  /// random  must outlive the keeper, like vault and transport
  TokenKeeper(TokenVault& vault, net::Transport& transport, const base::RandomBytes& random)
      : vault_(vault), transport_(transport), random_(random) {}

  /// store_log_in
  Result<void> add(const Credential& credential);

  /// An access token that is good for another minute at least, as far as is known. Asks the server if it must.
  ///
  /// now     unix seconds
  /// errors  not_found: no such account; io: not now, and nothing is lost; bad_input: the person must log in again
  Result<std::string> access_token(std::string_view account, std::int64_t now);

  /// As access_token(), where the network did not take the last one (401): exchanges it though it seems good.
  Result<std::string> newer_token(std::string_view account, std::string_view not_taken, std::int64_t now);

  /// forget_log_in
  Result<void> forget(std::string_view account);

 private:
  Result<Credential> load(std::string_view account);
  Result<void> store(const Credential& credential);
  Result<std::string> refresh(Credential credential, std::int64_t now);
  Result<void> take_over(Credential& credential, Tokens tokens);

  TokenVault& vault_;
  net::Transport& transport_;
  const base::RandomBytes& random_;
  std::map<std::string, Credential, std::less<>> unsaved_;  ///< received, and the disk did not take them yet
};

}  // namespace renown::oauth
