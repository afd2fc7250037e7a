/// Login: somebody who can log in.
#pragma once

#include <optional>
#include <string>

#include "access/role.h"
#include "access/service_file.h"

namespace renown::access {

struct Login {
  LoginId id = 0;
  Role role = Role::person;
  PersonId person = 0;
  std::string name;          ///< to log in with, in lower case; empty: by links and sessions alone
  std::string display_name;  ///< as they want to be called
  std::string locale;
  bool has_password = false;
  std::int64_t created = 0;
};

struct NewLogin {
  Role role = Role::person;
  PersonId person = 0;    ///< 0: none. A person has one login
  std::string name = {};  ///< up to 100 bytes, none of another login (in whatever case); needed for a password
  std::string display_name = {};
  std::string locale = "en";
  std::string password = {};  ///< empty: none
};

// What follows runs in the transaction of `database`, or under the lock of a reader: for the parts of the store.

/// A new login that was looked at: texts as they are stored, the password hashed.
struct CheckedLogin {
  NewLogin login;
  std::string password_hash;
};

/// Hashes the password, so that it belongs before a transaction. errors  bad_input
Result<CheckedLogin> check_login(const NewLogin& login);

/// errors  usage where the name or the person has a login already
Result<Login> insert_login(store::Database& database, const CheckedLogin& checked, LoginId by, std::int64_t now);

/// Of a row of the columns login, role, person, name, display_name, locale, password <> '', created.
Login login_of(const store::Rows& row);

}  // namespace renown::access
