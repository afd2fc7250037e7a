#include "access/login.h"

#include <fmt/format.h>

#include "access/audit.h"
#include "access/password.h"
#include "access/text_rule.h"
#include "base/ascii.h"

namespace renown::access {

Login login_of(const store::Rows& row) {
  return {.id = row.integer(0),
          .role = parse_role(row.text(1)).value_or(Role::person),
          .person = row.integer(2),
          .name = std::string(row.text(3)),
          .display_name = std::string(row.text(4)),
          .locale = std::string(row.text(5)),
          .has_password = row.integer(6) != 0,
          .created = row.integer(7)};
}

Result<CheckedLogin> check_login(const NewLogin& login) {
  CheckedLogin checked{login, ""};
  auto name = plain_text("the name to log in with", base::lower(login.name), 100);
  if (!name) return name.error();
  auto display_name = plain_text("the name", login.display_name, 100);
  if (!display_name) return display_name.error();
  auto locale = locale_text(login.locale);
  if (!locale) return locale.error();
  checked.login.name = std::move(*name);
  checked.login.display_name = std::move(*display_name);
  checked.login.locale = std::move(*locale);
  checked.login.password.clear();
  if (login.password.empty()) return checked;
  if (checked.login.name.empty()) return bad_input("a password needs a name to log in with");
  auto hash = hash_password(login.password);
  if (!hash) return hash.error();
  checked.password_hash = std::move(*hash);
  return checked;
}

Result<Login> insert_login(store::Database& database, const CheckedLogin& checked, LoginId by, std::int64_t now) {
  const NewLogin& login = checked.login;
  const auto taken = first_row(
      database.query("SELECT name = ?1 AND name <> '' FROM logins WHERE (name = ?1 AND name <> '') OR (person = ?2 AND "
                     "person <> 0) ORDER BY 1 DESC LIMIT 1",
                     {std::string_view(login.name), login.person}),
      [](const store::Rows& row) { return row.integer(0) != 0; });
  if (!taken) return taken.error();
  if (*taken) {
    return Error{ErrorCode::usage, **taken ? fmt::format("the name {} is taken: choose another", login.name)
                                           : fmt::format("person {} has a login already", login.person)};
  }
  auto inserted = database.execute(
      "INSERT INTO logins(role, person, name, display_name, locale, password, created) VALUES (?,?,?,?,?,?,?)",
      {role_name(login.role), login.person, std::string_view(login.name), std::string_view(login.display_name),
       std::string_view(login.locale), std::string_view(checked.password_hash), now});
  if (!inserted) return inserted.error();
  Login made{.id = database.last_row(),
             .role = login.role,
             .person = login.person,
             .name = login.name,
             .display_name = login.display_name,
             .locale = login.locale,
             .has_password = !checked.password_hash.empty(),
             .created = now};
  auto noted = Audit::write(database, {.time = now,
                                       .by = by == 0 ? made.id : by,
                                       .what = "login made",
                                       .login = made.id,
                                       .detail = std::string(role_name(login.role))});
  if (!noted) return noted.error();
  return made;
}

}  // namespace renown::access
