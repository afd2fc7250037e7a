/// ApiKeys: what programs ask with.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/kept.h"
#include "access/role.h"
#include "access/scope.h"
#include "access/service_file.h"
#include "access/use_notes.h"

namespace renown::access {

using KeyId = std::int64_t;

inline constexpr std::int64_t kMostKeysOfLogin = 100;
inline constexpr std::int64_t kRevokedKeyDays = 400;  ///< a revoked key is listed as long as look-ups by it are

struct NewApiKey {
  LoginId login = 0;      ///< whose it is
  std::string name = {};  ///< "nightly export"
  ScopeSet scopes = {};   ///< at least one, and only what the login's role allows
  /// Who asks, as the people looked up will read it, and what for; both needed with `lookup` and `people:search`.
  std::string organisation = {}, purpose = {};
  std::int64_t expires = 0;  ///< 0: never
};

struct ApiKey {
  KeyId id = 0;
  std::string prefix = {};  ///< 8 letters; tells keys apart, and is no secret
  LoginId login = 0;
  PersonId person = 0;  ///< the login's
  std::string name = {};
  ScopeSet scopes = {};  ///< those that the login's role allows now
  std::string organisation = {}, purpose = {};
  std::int64_t created = 0, expires = 0, last_used = 0, revoked = 0;  ///< 0: never
};

struct MadeApiKey {
  ApiKey key;
  std::string text;  ///< "rnk_" prefix "_" secret: shown once
};

/// For any number of threads. errors  io, where nothing else is said
class ApiKeys {
 public:
  explicit ApiKeys(ServiceFile& file) : file_(file) {}

  /// errors  not_found for a login that is not there; bad_input: scopes that its role does not allow, a text that is
  /// missing or too long, a time of expiry that has passed; usage: too many keys
  Result<MadeApiKey> make(const NewApiKey& key, LoginId by, std::int64_t now);

  /// The key of that text, or nothing: for one that is unknown, expired or revoked. It counts as used now.
  /// Cost: 1 us, some 10 us after a change of the store; never a wait for the disk.
  Result<std::optional<ApiKey>> find(std::string_view text, std::int64_t now);

  /// Also expired and revoked ones, newest first.
  Result<std::vector<ApiKey>> of_login(LoginId login);
  Result<std::vector<ApiKey>> all();

  /// Ends a key of that login for good. errors  not_found: another login's, none, or revoked already
  Result<void> revoke(LoginId login, KeyId key, LoginId by, std::int64_t now);

  /// Writes down what was used (see UseNotes) and removes what was revoked long ago. In a transaction of the caller's.
  Result<void> tidy(store::Database& database, std::int64_t now, const UseNotes::Times& used);
  UseNotes& uses() { return uses_; }

 private:
  Result<std::optional<ApiKey>> read(std::string_view prefix, const std::string& hash);
  Result<std::vector<ApiKey>> with_last_use(Result<std::vector<ApiKey>> keys) const;

  ServiceFile& file_;
  UseNotes uses_;
  Kept<std::string, ApiKey> kept_;  ///< by prefix and hash; only keys that there are
};

}  // namespace renown::access
