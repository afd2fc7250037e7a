/// Logins: who can log in, with which password, in which role.
#pragma once

#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/login.h"

namespace renown::access {

/// For any number of threads. `by` is the login whose doing it is, 0: nobody's.
/// All changes: errors  not_found for a login that is not there; bad_input or usage where something stands against the
/// change, which then has not happened; io
class Logins {
 public:
  explicit Logins(ServiceFile& file) : file_(file) {}

  // -- the first operator

  Result<bool> has_operator();

  /// A token for whoever can read what the program prints. The one before is worth nothing any more, and this one
  /// neither once the program has ended or the first operator is there.
  std::string new_set_up_token();

  /// Makes the first operator, whatever role `login` says. Where it fails the token can be used again.
  /// errors  not_found (another token, or none was made); usage (there is an operator); as all changes
  Result<Login> make_first_operator(std::string_view token, NewLogin login, std::int64_t now);

  // -- questions

  Result<std::optional<Login>> find(LoginId id);
  Result<std::optional<Login>> of_person(PersonId person);
  Result<std::vector<Login>> all();

  /// The login of that name if the password is its own. As long for a name that there is not, or that has no password.
  /// Cost: some 100 ms and 64 MiB: call it on workers, after TryThrottle.
  Result<std::optional<Login>> check_password(std::string_view name, std::string_view password);

  // -- changes

  /// With a password: some 100 ms, on workers.
  Result<Login> make(const NewLogin& login, LoginId by, std::int64_t now);

  /// Ends the login's other sessions, and its log-in links. Cost: some 100 ms, on workers.
  ///
  /// keep_session  the one that asks for it; 0: none
  Result<void> set_password(LoginId id, std::string_view password, std::int64_t keep_session, LoginId by,
                            std::int64_t now);

  Result<void> set_profile(LoginId id, std::string_view display_name, std::string_view locale);

  /// The last operator stays one. Holds from the next request on: of sessions, and of what the login's keys may do.
  Result<void> set_role(LoginId id, Role role, LoginId by, std::int64_t now);

  /// Says which person the login is; 0: none.
  Result<void> set_person(LoginId id, PersonId person, LoginId by, std::int64_t now);

  /// With its sessions, links and keys. The last operator stays.
  Result<void> remove(LoginId id, LoginId by, std::int64_t now);

 private:
  ServiceFile& file_;
  std::mutex set_up_mutex_;
  std::string set_up_hash_;  ///< empty: none can be used
};

/// Fails where the login is the only operator, saying that it cannot be `done` ("removed"). In a transaction.
Result<void> check_not_last_operator(store::Database& database, LoginId id, std::string_view done);

}  // namespace renown::access
