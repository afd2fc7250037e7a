/// Sessions: browsers that are logged in.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/role.h"
#include "access/service_file.h"
#include "access/use_notes.h"

namespace renown::access {

using SessionId = std::int64_t;

inline constexpr std::int64_t kSessionIdleSeconds = std::int64_t{30} * 86'400;
inline constexpr std::int64_t kSessionMostSeconds = std::int64_t{90} * 86'400;
inline constexpr std::int64_t kMostSessionsOfLogin = 100;  ///< beyond it the one left alone longest ends

/// A session and whose it is, as both stand now.
struct Session {
  SessionId id = 0;
  LoginId login = 0;
  Role role = Role::person;
  PersonId person = 0;
  std::string display_name;
  std::string locale;
  std::string device;
  std::int64_t created = 0;
  std::int64_t last_used = 0;  ///< as exact as the last minute
};

struct NewSession {
  SessionId id = 0;
  std::string token;  ///< 43 letters: for the cookie, and nowhere else
};

/// A session ends 30 days after its last use and 90 days after its beginning, whichever is first. Where the clock goes
/// back it only lives longer by that. For any number of threads. errors  io, where nothing else is said
class Sessions {
 public:
  explicit Sessions(ServiceFile& file) : file_(file) {}

  /// device  what the list of sessions shows; what does not print in it is made to
  /// errors  not_found for a login that is not there
  Result<NewSession> start(LoginId login, std::string_view device, std::int64_t now);

  /// The session of that token, or nothing; it counts as used now. Cost: some 10 us, never a wait for the disk.
  Result<std::optional<Session>> find(std::string_view token, std::int64_t now);

  /// Of one login, the one used last at the front.
  Result<std::vector<Session>> list(LoginId login, std::int64_t now);

  /// Ends one session of that login. errors  not_found
  Result<void> end(LoginId login, SessionId session);

  /// Ends all sessions of a login but one; `except` 0: all.
  Result<void> end_all(LoginId login, SessionId except = 0);

  /// What a page of this session sends in a header with everything that changes something: only who can read the
  /// session's own pages knows it. Worked out from the token alone; nothing is stored.
  static std::string csrf_token(std::string_view session_token);
  static bool is_csrf_token(std::string_view session_token, std::string_view given);

  /// Writes down what was used (see UseNotes) and removes what has ended. In a transaction of the caller's.
  Result<void> tidy(store::Database& database, std::int64_t now, const UseNotes::Times& used);
  UseNotes& uses() { return uses_; }

 private:
  bool has_ended(const Session& session, std::int64_t now) const;

  ServiceFile& file_;
  UseNotes uses_;
};

}  // namespace renown::access
