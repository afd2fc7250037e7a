#include "access/links.h"

#include <fmt/format.h>

#include "access/secret.h"
#include "access/text_rule.h"

namespace renown::access {
namespace {

constexpr std::size_t kMostNoteBytes = 200;

constexpr std::string_view kind_name(LinkKind kind) {
  return kind == LinkKind::log_in ? "log_in" : "invitation";
}

Link link_of(const store::Rows& row) {
  return {.id = row.integer(0),
          .kind = row.text(1) == "log_in" ? LinkKind::log_in : LinkKind::invitation,
          .login = row.integer(2),
          .note = std::string(row.text(3)),
          .created = row.integer(4),
          .expires = row.integer(5)};
}

/// Takes the link away. returns  its login. errors  not_found
Result<LoginId> use(store::Database& database, LinkKind kind, std::string_view token, std::int64_t now) {
  const std::string hash = secret_hash(SecretKind::link, token);
  auto used = first_row(database.query("DELETE FROM links WHERE hash = ? AND kind = ? AND expires > ? RETURNING login",
                                       {std::string_view(hash), kind_name(kind), now}),
                        [](const store::Rows& row) { return row.integer(0); });
  if (!used) return used.error();
  if (!*used) return Error{ErrorCode::not_found, "this link is not valid any more: ask for a new one"};
  return **used;
}

/// Makes room for a link, or says that there is none.
Result<void> make_room(store::Database& database, LinkKind kind, LoginId login, std::int64_t now) {
  auto expired = database.execute("DELETE FROM links WHERE login = ? AND expires <= ?", {login, now});
  if (!expired) return expired.error();
  if (kind == LinkKind::log_in) {
    auto oldest = database.execute(
        "DELETE FROM links WHERE login = ?1 AND kind = 'log_in' AND link NOT IN (SELECT link FROM links WHERE login = "
        "?1 "
        "AND kind = 'log_in' ORDER BY link DESC LIMIT ?2)",
        {login, kMostLogInLinks - 1});
    if (!oldest) return oldest.error();
    return {};
  }
  const auto open =
      database.query_integer("SELECT count(*) FROM links WHERE login = ? AND kind = 'invitation'", {login});
  if (!open) return open.error();
  if (*open >= kMostInvitations)
    return Error{ErrorCode::usage, fmt::format("there are {} open invitations: withdraw one first", kMostInvitations)};
  return {};
}

}  // namespace

Result<NewLink> Links::make(LinkKind kind, LoginId login, std::string_view note, std::int64_t now) {
  NewLink made{.link = {.id = 0,
                        .kind = kind,
                        .login = login,
                        .note = std::string(note),
                        .created = now,
                        .expires = now + (kind == LinkKind::log_in ? kLogInLinkSeconds : kInvitationSeconds)},
               .token = file_.new_secret()};
  const std::string hash = secret_hash(SecretKind::link, made.token);
  auto done = file_.change([&](store::Database& database) -> Result<void> {
    const auto there = database.query_integer("SELECT count(*) FROM logins WHERE login = ?", {login});
    if (!there) return there.error();
    if (*there == 0) return Error{ErrorCode::not_found, fmt::format("there is no login {}", login)};
    if (auto room = make_room(database, kind, login, now); !room) return room;
    auto inserted =
        database.execute("INSERT INTO links(hash, kind, login, note, created, expires) VALUES (?,?,?,?,?,?)",
                         {std::string_view(hash), kind_name(kind), login, note, now, made.link.expires});
    if (!inserted) return inserted.error();
    made.link.id = database.last_row();
    return {};
  });
  if (!done) return done.error();
  return made;
}

Result<NewLink> Links::make_log_in(LoginId login, std::int64_t now) {
  return make(LinkKind::log_in, login, "", now);
}

Result<NewLink> Links::make_invitation(LoginId inviter, std::string_view note, std::int64_t now) {
  const auto plain = plain_text("the note", note, kMostNoteBytes);
  if (!plain) return plain.error();
  return make(LinkKind::invitation, inviter, *plain, now);
}

Result<std::optional<Link>> Links::look_at(std::string_view token, std::int64_t now) {
  const std::string hash = secret_hash(SecretKind::link, token);
  return file_.read([&](Reader& reader) {
    return first_row(
        reader.ask("SELECT link, kind, login, note, created, expires FROM links WHERE hash = ? AND expires > "
                   "?",
                   {std::string_view(hash), now}),
        link_of);
  });
}

Result<LoginId> Links::use_log_in(std::string_view token, std::int64_t now) {
  return file_.change([&](store::Database& database) { return use(database, LinkKind::log_in, token, now); });
}

Result<AcceptedInvitation> Links::accept_invitation(std::string_view token, NewLogin login, std::int64_t now) {
  // Asked before the password is hashed: who has no link is not to cost us that.
  const auto seen = look_at(token, now);
  if (!seen) return seen.error();
  if (!*seen) return Error{ErrorCode::not_found, "this link is not valid any more: ask for a new one"};
  login.role = Role::person;
  const auto checked = check_login(login);
  if (!checked) return checked.error();
  return file_.change([&](store::Database& database) -> Result<AcceptedInvitation> {
    const auto inviter = use(database, LinkKind::invitation, token, now);
    if (!inviter) return inviter.error();
    auto made = insert_login(database, *checked, *inviter, now);
    if (!made) return made.error();
    return AcceptedInvitation{std::move(*made), *inviter};
  });
}

Result<std::vector<Link>> Links::invitations(LoginId inviter, std::int64_t now) {
  return file_.read([&](Reader& reader) {
    return all_rows(reader.ask("SELECT link, kind, login, note, created, expires FROM links WHERE login = ? AND kind = "
                               "'invitation' AND expires > ? ORDER BY link DESC",
                               {inviter, now}),
                    link_of);
  });
}

Result<void> Links::withdraw_invitation(LoginId inviter, std::int64_t link) {
  return file_.change([&](store::Database& database) -> Result<void> {
    auto gone =
        database.execute("DELETE FROM links WHERE login = ? AND link = ? AND kind = 'invitation'", {inviter, link});
    if (!gone) return gone.error();
    if (*gone == 0) return Error{ErrorCode::not_found, "there is no such open invitation: it may have been used"};
    return {};
  });
}

}  // namespace renown::access
