/// TokenStore: the tokens of a data folder's sources, sealed.
#pragma once

#include <optional>
#include <set>
#include <string>

#include "renown/result.h"

#include "connect/activitypub/instance_actor.h"
#include "oauth/credential.h"
#include "oauth/token_vault.h"

namespace renown::pipeline {

/// Sealed files in DATA/tokens, under a key that lies elsewhere (decision 22).
class TokenStore {
 public:
  /// Opens it, or makes it and its key. errors  as oauth::TokenVault::open
  static Result<TokenStore> open(const std::string& data_folder, const std::string& key_file);

  /// Whether the folder has tokens at all: without any, no key is needed.
  static bool exists(const std::string& data_folder);

  /// Keeps a token that the person made in the network's own settings. errors  io
  Result<void> put(const std::string& source, const std::string& token);

  /// Keeps a log-in. errors  io
  Result<void> put(const std::string& source, oauth::Credential credential);

  /// What there is for a source.
  enum class Has { nothing, token, log_in };

  /// errors  bad_input for a damaged file, or one sealed with another key; io
  Result<Has> has(const std::string& source) const;

  /// The token that was put. errors  not_found; as has
  Result<std::string> token(const std::string& source) const;

  /// The log-in of a source; nothing where there is none. errors  as has
  Result<std::optional<oauth::Credential>> log_in(const std::string& source) const;

  /// Keeps the actor that signs for this folder, in place of any other. errors  io
  Result<void> put(const connect::activitypub::InstanceActor& actor);

  /// Nothing where there is none. errors  as has
  Result<std::optional<connect::activitypub::InstanceActor>> actor() const;

  /// errors  io
  Result<void> remove(const std::string& source);

  /// Removes those of all other sources. errors  as has
  Result<void> keep_only(const std::set<std::string>& sources);

  /// Log-ins are refreshed in it, under their source's name.
  const oauth::TokenVault& vault() const { return vault_; }
  oauth::TokenVault& vault() { return vault_; }

 private:
  explicit TokenStore(oauth::TokenVault vault) : vault_(std::move(vault)) {}

  oauth::TokenVault vault_;
};

}  // namespace renown::pipeline
