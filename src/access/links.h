/// Links: addresses that let somebody in once.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/login.h"

namespace renown::access {

inline constexpr std::int64_t kLogInLinkSeconds = 15 * 60;
inline constexpr std::int64_t kInvitationSeconds = std::int64_t{14} * 86'400;
inline constexpr std::int64_t kMostLogInLinks = 5;     ///< of a login; beyond it the oldest goes
inline constexpr std::int64_t kMostInvitations = 100;  ///< of a login; beyond it there are no more

enum class LinkKind { log_in, invitation };

struct Link {
  std::int64_t id = 0;
  LinkKind kind = LinkKind::log_in;
  LoginId login = 0;      ///< whom it logs in; of an invitation: who invites
  std::string note = {};  ///< of an invitation: for whom, in the inviter's words
  std::int64_t created = 0, expires = 0;
};

struct NewLink {
  Link link;
  std::string token;  ///< 43 letters, told once
};

struct AcceptedInvitation {
  Login login;
  LoginId inviter = 0;
};

/// A link is good until the second before it expires, and for one use. A used or withdrawn one is gone: used, expired,
/// withdrawn and never made are told apart by nobody. For any number of threads.
/// errors  io, where nothing else is said
class Links {
 public:
  explicit Links(ServiceFile& file) : file_(file) {}

  /// errors  not_found for a login that is not there
  Result<NewLink> make_log_in(LoginId login, std::int64_t now);

  /// errors  not_found; bad_input (note too long); usage (too many open invitations)
  Result<NewLink> make_invitation(LoginId inviter, std::string_view note, std::int64_t now);

  /// What a link is, without using it up: for the page that asks whether to go on, since programs that look into mails
  /// open links too.
  Result<std::optional<Link>> look_at(std::string_view token, std::int64_t now);

  /// Uses up a log-in link. returns  whom it logs in. errors  not_found
  Result<LoginId> use_log_in(std::string_view token, std::int64_t now);

  /// Uses up an invitation and makes the login, both or neither; its role is that of a person, whatever `login` says.
  /// errors  not_found; bad_input and usage as Logins::make. Cost: with a password some 100 ms, on workers
  Result<AcceptedInvitation> accept_invitation(std::string_view token, NewLogin login, std::int64_t now);

  /// Those of the inviter that are open, newest first.
  Result<std::vector<Link>> invitations(LoginId inviter, std::int64_t now);

  /// errors  not_found
  Result<void> withdraw_invitation(LoginId inviter, std::int64_t link);

 private:
  Result<NewLink> make(LinkKind kind, LoginId login, std::string_view note, std::int64_t now);

  ServiceFile& file_;
};

}  // namespace renown::access
