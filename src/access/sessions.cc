#include "access/sessions.h"

#include <algorithm>

#include <fmt/format.h>

#include "access/secret.h"
#include "base/text.h"

namespace renown::access {
namespace {

constexpr std::size_t kTokenLetters = 43;
constexpr std::size_t kMostDeviceBytes = 400;  ///< of what browsers say about themselves
constexpr std::size_t kMostDeviceColumns = 120;

Session session_of(const store::Rows& row) {
  return {.id = row.integer(0),
          .login = row.integer(1),
          .role = parse_role(row.text(2)).value_or(Role::person),
          .person = row.integer(3),
          .display_name = std::string(row.text(4)),
          .locale = std::string(row.text(5)),
          .device = std::string(row.text(6)),
          .created = row.integer(7),
          .last_used = row.integer(8)};
}

}  // namespace

Result<NewSession> Sessions::start(LoginId login, std::string_view device, std::int64_t now) {
  NewSession made{.id = 0, .token = file_.new_secret()};
  const std::string hash = secret_hash(SecretKind::session, made.token);
  const std::string shown = base::shorten(base::printable(device.substr(0, kMostDeviceBytes)), kMostDeviceColumns);
  auto started = file_.change([&](store::Database& database) -> Result<void> {
    const auto there = database.query_integer("SELECT count(*) FROM logins WHERE login = ?", {login});
    if (!there) return there.error();
    if (*there == 0) return Error{ErrorCode::not_found, fmt::format("there is no login {}", login)};
    auto room = database.execute(
        "DELETE FROM sessions WHERE login = ?1 AND session NOT IN (SELECT session FROM sessions WHERE login = ?1 ORDER "
        "BY last_used DESC, session DESC LIMIT ?2)",
        {login, kMostSessionsOfLogin - 1});
    if (!room) return room.error();
    auto inserted =
        database.execute("INSERT INTO sessions(hash, login, device, created, last_used) VALUES (?1, ?2, ?3, ?4, ?4)",
                         {std::string_view(hash), login, std::string_view(shown), now});
    if (!inserted) return inserted.error();
    made.id = database.last_row();
    return {};
  });
  if (!started) return started.error();
  return made;
}

bool Sessions::has_ended(const Session& session, std::int64_t now) const {
  return now >= session.last_used + kSessionIdleSeconds || now >= session.created + kSessionMostSeconds;
}

Result<std::optional<Session>> Sessions::find(std::string_view token, std::int64_t now) {
  if (token.size() != kTokenLetters) return std::optional<Session>();
  const std::string hash = secret_hash(SecretKind::session, token);
  auto session = file_.read([&](Reader& reader) {
    return first_row(
        reader.ask("SELECT session, login, role, person, display_name, locale, device, s.created, last_used "
                   "FROM sessions s JOIN logins USING (login) WHERE hash = ?",
                   {std::string_view(hash)}),
        session_of);
  });
  if (!session || !*session) return session;
  Session& found = **session;
  const std::int64_t written = found.last_used;
  found.last_used = std::max(written, uses_.noted(found.id));
  if (has_ended(found, now)) return std::optional<Session>();
  uses_.note(found.id, now, written);
  return session;
}

Result<std::vector<Session>> Sessions::list(LoginId login, std::int64_t now) {
  auto sessions = file_.read([&](Reader& reader) {
    return all_rows(
        reader.ask("SELECT session, login, role, person, display_name, locale, device, s.created, last_used "
                   "FROM sessions s JOIN logins USING (login) WHERE login = ? ORDER BY session DESC",
                   {login}),
        session_of);
  });
  if (!sessions) return sessions;
  for (Session& session : *sessions) session.last_used = std::max(session.last_used, uses_.noted(session.id));
  std::erase_if(*sessions, [&](const Session& session) { return has_ended(session, now); });
  std::ranges::stable_sort(*sessions, std::ranges::greater(), &Session::last_used);
  return sessions;
}

Result<void> Sessions::end(LoginId login, SessionId session) {
  return file_.change([&](store::Database& database) -> Result<void> {
    auto ended = database.execute("DELETE FROM sessions WHERE login = ? AND session = ?", {login, session});
    if (!ended) return ended.error();
    if (*ended == 0) return Error{ErrorCode::not_found, "there is no such session: it may have ended by itself"};
    return {};
  });
}

Result<void> Sessions::end_all(LoginId login, SessionId except) {
  return file_.change([&](store::Database& database) -> Result<void> {
    auto ended = database.execute("DELETE FROM sessions WHERE login = ? AND session <> ?", {login, except});
    if (!ended) return ended.error();
    return {};
  });
}

std::string Sessions::csrf_token(std::string_view session_token) {
  return derived_text(session_token, "renown CSRF token");
}

bool Sessions::is_csrf_token(std::string_view session_token, std::string_view given) {
  return same_secret(csrf_token(session_token), given);
}

Result<void> Sessions::tidy(store::Database& database, std::int64_t now, const UseNotes::Times& used) {
  for (const auto& [session, time] : used) {
    auto set = database.execute("UPDATE sessions SET last_used = max(last_used, ?) WHERE session = ?", {time, session});
    if (!set) return set.error();
  }
  auto gone = database.execute("DELETE FROM sessions WHERE last_used <= ? OR created <= ?",
                               {now - kSessionIdleSeconds, now - kSessionMostSeconds});
  if (!gone) return gone.error();
  return {};
}

}  // namespace renown::access
