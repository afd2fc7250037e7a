#include "access/logins.h"

#include <fmt/format.h>

#include "access/audit.h"
#include "access/password.h"
#include "access/secret.h"
#include "access/text_rule.h"
#include "base/ascii.h"

namespace renown::access {
namespace {

Error no_login(LoginId id) {
  return {ErrorCode::not_found, fmt::format("there is no login {}", id)};
}

Result<void> check_there(store::Database& database, LoginId id) {
  const auto there = database.query_integer("SELECT count(*) FROM logins WHERE login = ?", {id});
  if (!there) return there.error();
  if (*there == 0) return no_login(id);
  return {};
}

}  // namespace

Result<void> check_not_last_operator(store::Database& database, LoginId id, std::string_view done) {
  const auto last = database.query_integer(
      "SELECT role = 'operator' AND (SELECT count(*) FROM logins WHERE role = 'operator') = 1 FROM logins WHERE login "
      "= "
      "?",
      {id});
  if (!last) return last.error();
  if (*last != 0)
    return bad_input(fmt::format("the last operator cannot be {}: make somebody else an operator first", done));
  return {};
}

Result<bool> Logins::has_operator() {
  return file_.read([](Reader& reader) -> Result<bool> {
    auto found = first_row(reader.ask("SELECT 1 FROM logins WHERE role = 'operator' LIMIT 1"),
                           [](const store::Rows&) { return true; });
    if (!found) return found.error();
    return found->has_value();
  });
}

std::string Logins::new_set_up_token() {
  std::string token = file_.new_secret();
  const std::lock_guard lock(set_up_mutex_);
  set_up_hash_ = secret_hash(SecretKind::set_up, token);
  return token;
}

Result<Login> Logins::make_first_operator(std::string_view token, NewLogin login, std::int64_t now) {
  const std::lock_guard lock(set_up_mutex_);
  if (set_up_hash_.empty() || !same_secret(secret_hash(SecretKind::set_up, token), set_up_hash_)) {
    return Error{ErrorCode::not_found, "this is not the set-up token that renown serve printed when it last started"};
  }
  login.role = Role::operator_;
  const auto checked = check_login(login);
  if (!checked) return checked.error();
  auto made = file_.change([&](store::Database& database) -> Result<Login> {
    const auto operators = database.query_integer("SELECT count(*) FROM logins WHERE role = 'operator'");
    if (!operators) return operators.error();
    if (*operators > 0) return Error{ErrorCode::usage, "there is an operator already: ask them for a login"};
    return insert_login(database, *checked, 0, now);
  });
  if (made) set_up_hash_.clear();
  return made;
}

Result<std::optional<Login>> Logins::find(LoginId id) {
  return file_.read([&](Reader& reader) {
    return first_row(reader.ask("SELECT login, role, person, name, display_name, locale, password <> '', created FROM "
                                "logins WHERE login = ?",
                                {id}),
                     login_of);
  });
}

Result<std::optional<Login>> Logins::of_person(PersonId person) {
  return file_.read([&](Reader& reader) {
    return first_row(reader.ask("SELECT login, role, person, name, display_name, locale, password <> '', created FROM "
                                "logins WHERE person = ? AND person <> 0",
                                {person}),
                     login_of);
  });
}

Result<std::vector<Login>> Logins::all() {
  return file_.read([&](Reader& reader) {
    return all_rows(reader.ask("SELECT login, role, person, name, display_name, locale, password <> '', created FROM "
                               "logins ORDER BY login"),
                    login_of);
  });
}

Result<std::optional<Login>> Logins::check_password(std::string_view name, std::string_view password) {
  struct Found {
    Login login;
    std::string hash;
  };
  const std::string lower = base::lower(base::trim(name));
  auto found = file_.read([&](Reader& reader) {
    return first_row(reader.ask("SELECT login, role, person, name, display_name, locale, password <> '', created, "
                                "password FROM logins WHERE name = ? AND name <> ''",
                                {std::string_view(lower)}),
                     [](const store::Rows& row) { return Found{login_of(row), std::string(row.text(8))}; });
  });
  if (!found) return found.error();
  const bool is_right = is_password_of(password, *found ? (*found)->hash : std::string());
  std::optional<Login> login;
  if (is_right) login = std::move((*found)->login);
  return login;
}

Result<Login> Logins::make(const NewLogin& login, LoginId by, std::int64_t now) {
  const auto checked = check_login(login);
  if (!checked) return checked.error();
  return file_.change([&](store::Database& database) { return insert_login(database, *checked, by, now); });
}

Result<void> Logins::set_password(LoginId id, std::string_view password, std::int64_t keep_session, LoginId by,
                                  std::int64_t now) {
  const auto hash = hash_password(password);
  if (!hash) return hash.error();
  return file_.change([&](store::Database& database) -> Result<void> {
    if (auto there = check_there(database, id); !there) return there;
    auto set = database.execute("UPDATE logins SET password = ? WHERE login = ? AND name <> ''",
                                {std::string_view(*hash), id});
    if (!set) return set.error();
    if (*set == 0) return bad_input("a password needs a name to log in with");
    auto ended = database.execute("DELETE FROM sessions WHERE login = ? AND session <> ?", {id, keep_session});
    if (!ended) return ended.error();
    auto unlinked = database.execute("DELETE FROM links WHERE login = ? AND kind = 'log_in'", {id});
    if (!unlinked) return unlinked.error();
    return Audit::write(database, {.time = now, .by = by, .what = "password changed", .login = id, .detail = ""});
  });
}

Result<void> Logins::set_profile(LoginId id, std::string_view display_name, std::string_view locale) {
  const auto shown = plain_text("the name", display_name, 100);
  if (!shown) return shown.error();
  const auto language = locale_text(locale);
  if (!language) return language.error();
  return file_.change([&](store::Database& database) -> Result<void> {
    auto set = database.execute("UPDATE logins SET display_name = ?, locale = ? WHERE login = ?",
                                {std::string_view(*shown), std::string_view(*language), id});
    if (!set) return set.error();
    if (*set == 0) return no_login(id);
    return {};
  });
}

Result<void> Logins::set_role(LoginId id, Role role, LoginId by, std::int64_t now) {
  return file_.change([&](store::Database& database) -> Result<void> {
    if (auto there = check_there(database, id); !there) return there;
    if (role != Role::operator_) {
      if (auto more = check_not_last_operator(database, id, "made a person"); !more) return more;
    }
    auto set = database.execute("UPDATE logins SET role = ?1 WHERE login = ?2 AND role <> ?1", {role_name(role), id});
    if (!set) return set.error();
    if (*set == 0) return {};
    return Audit::write(
        database, {.time = now, .by = by, .what = "role changed", .login = id, .detail = std::string(role_name(role))});
  });
}

Result<void> Logins::set_person(LoginId id, PersonId person, LoginId by, std::int64_t now) {
  return file_.change([&](store::Database& database) -> Result<void> {
    if (auto there = check_there(database, id); !there) return there;
    const auto others = database.query_integer(
        "SELECT count(*) FROM logins WHERE person = ?1 AND person <> 0 AND login <> ?2", {person, id});
    if (!others) return others.error();
    if (*others > 0) return Error{ErrorCode::usage, fmt::format("person {} has a login already", person)};
    auto set = database.execute("UPDATE logins SET person = ? WHERE login = ?", {person, id});
    if (!set) return set.error();
    return Audit::write(database,
                        {.time = now, .by = by, .what = "person of login changed", .login = id, .detail = ""});
  });
}

Result<void> Logins::remove(LoginId id, LoginId by, std::int64_t now) {
  return file_.change([&](store::Database& database) -> Result<void> {
    if (auto there = check_there(database, id); !there) return there;
    if (auto more = check_not_last_operator(database, id, "removed"); !more) return more;
    auto gone = database.execute("DELETE FROM logins WHERE login = ?", {id});
    if (!gone) return gone.error();
    return Audit::write(database, {.time = now, .by = by, .what = "login removed", .login = id, .detail = ""});
  });
}

}  // namespace renown::access
