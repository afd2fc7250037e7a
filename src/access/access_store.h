/// AccessStore: who may ask what of the service, in one file of the data folder (service.sqlite).
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "renown/result.h"

#include "access/addresses.h"
#include "access/api_keys.h"
#include "access/appeals.h"
#include "access/audit.h"
#include "access/consents.h"
#include "access/idempotency.h"
#include "access/links.h"
#include "access/login.h"
#include "access/logins.h"
#include "access/lookup_log.h"
#include "access/preferences.h"
#include "access/service_file.h"
#include "access/sessions.h"
#include "base/random.h"

namespace renown::access {

/// All that the store holds about one person, as values; of secrets nothing, for it holds none.
struct PersonRecords {
  std::optional<Login> login;
  std::vector<Session> sessions;
  std::vector<Link> invitations;  ///< that the person made and that are open
  std::vector<ApiKey> keys;
  bool has_preferences = false;  ///< whether the person ever decided something
  PersonPreferences preferences;
  std::vector<OptedInAddress> addresses;
  std::vector<GivenConsent> consents;
  std::vector<Lookup> lookups;  ///< of the person, oldest first
  std::vector<Appeal> appeals;  ///< newest first
  std::vector<AuditLine> audit;
};

struct AccessErase {
  std::uint64_t logins = 0, addresses = 0, consents = 0, lookups = 0, appeals = 0;
};

/// The file and its parts. One process has it open at a time, any number of its threads use it. Every change is one
/// transaction, on disk when it returns; a kill loses nothing that returned, but for the last minute of `last_used`.
class AccessStore {
 public:
  /// Opens or makes the file, for its owner alone, and brings it to the newest version.
  ///
  /// errors  io; bad_input for a damaged file, one of a newer Renown, or another program's; busy
  static Result<std::unique_ptr<AccessStore>> open(const std::string& path,
                                                   base::RandomBytes random = base::system_random());

  Logins& logins() { return logins_; }
  Sessions& sessions() { return sessions_; }
  Links& links() { return links_; }
  ApiKeys& api_keys() { return api_keys_; }
  Preferences& preferences() { return preferences_; }
  Addresses& addresses() { return addresses_; }
  Consents& consents() { return consents_; }
  LookupLog& lookup_log() { return lookup_log_; }
  Idempotency& idempotency() { return idempotency_; }
  Appeals& appeals() { return appeals_; }
  Audit& audit() { return audit_; }

  /// Writes down when sessions and keys were used and removes what has expired. Call it once a minute, and before the
  /// end.
  Result<void> tidy(std::int64_t now);

  /// All rows about a person. Who was merged from several has as many numbers: ask for each, and erase each.
  Result<PersonRecords> records_of(PersonId person, std::int64_t now);

  /// Everybody of whom the store holds anything, by number. Cost: some us a person.
  Result<std::vector<PersonId>> people();

  /// Removes all rows about a person, with their login and what it holds, to the last byte of the file and of those
  /// beside it. Of others' kept answers (Idempotency) the bodies go, for they may name the person. What the person
  /// looked up stays with whom they looked up. All others wait meanwhile: some ms a megabyte of the file.
  ///
  /// errors  bad_input for the last operator; io: whatever was removed stays so, erase again for the rest
  Result<AccessErase> erase(PersonId person, LoginId by, std::int64_t now);

 private:
  explicit AccessStore(std::unique_ptr<ServiceFile> file);

  std::unique_ptr<ServiceFile> file_;
  Logins logins_;
  Sessions sessions_;
  Links links_;
  ApiKeys api_keys_;
  Preferences preferences_;
  Addresses addresses_;
  Consents consents_;
  LookupLog lookup_log_;
  Idempotency idempotency_;
  Appeals appeals_;
  Audit audit_;
};

}  // namespace renown::access
