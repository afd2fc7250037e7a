#include "oauth/token_keeper.h"

#include <utility>
#include <vector>

#include <fmt/format.h>

namespace renown::oauth {
namespace {

std::string name_of(std::string_view account) {
  return fmt::format("{}{}", kLogIn, account);
}

bool is_of_another(const Tokens& tokens, const Credential& credential) {
  const std::string& known = credential.tokens.subject;
  return !tokens.subject.empty() && !known.empty() && tokens.subject != known;
}

Error must_log_in(const Credential& credential) {
  return bad_input(fmt::format("{} must be connected again: {}", credential.account, credential.needs_login));
}

}  // namespace

Result<void> store_log_in(TokenVault& vault, const Credential& credential) {
  const auto lock = vault.lock();
  if (!lock) return lock.error();
  return vault.put(name_of(credential.account), to_text(credential));
}

Result<bool> has_log_in(const TokenVault& vault, std::string_view account) {
  const auto stored = vault.get(name_of(account));
  if (!stored) return stored.error();
  return stored->has_value();
}

Result<std::optional<Credential>> find_log_in(const TokenVault& vault, std::string_view account) {
  const auto stored = vault.get(name_of(account));
  if (!stored) return stored.error();
  if (!*stored) return std::optional<Credential>();
  auto credential = parse_credential(**stored);
  if (!credential) return credential.error();
  return std::optional(std::move(*credential));
}

Result<void> forget_log_in(TokenVault& vault, std::string_view account) {
  const auto lock = vault.lock();
  if (!lock) return lock.error();
  return vault.remove(name_of(account));
}

Result<void> TokenKeeper::add(const Credential& credential) {
  unsaved_.erase(credential.account);
  return store_log_in(vault_, credential);
}

Result<void> TokenKeeper::forget(std::string_view account) {
  if (const auto held = unsaved_.find(account); held != unsaved_.end()) unsaved_.erase(held);
  return forget_log_in(vault_, account);
}

Result<Credential> TokenKeeper::load(std::string_view account) {
  if (const auto held = unsaved_.find(account); held != unsaved_.end()) return held->second;
  const auto text = vault_.get(name_of(account));
  if (!text) return text.error();
  if (!*text) return Error{ErrorCode::not_found, fmt::format("{} is not connected", account)};
  return parse_credential(**text);
}

/// What cannot be stored is held, and stored at the next call.
Result<void> TokenKeeper::store(const Credential& credential) {
  auto stored = vault_.put(name_of(credential.account), to_text(credential));
  if (stored) {
    unsaved_.erase(credential.account);
  } else {
    unsaved_.insert_or_assign(credential.account, credential);
  }
  return stored;
}

Result<std::string> TokenKeeper::access_token(std::string_view account, std::int64_t now) {
  const auto lock = vault_.lock();
  if (!lock) return lock.error();
  auto credential = load(account);
  if (!credential) return credential.error();
  if (unsaved_.contains(account)) {
    if (auto stored = store(*credential); !stored) return stored.error();
  }
  const std::int64_t end = credential->tokens.expires_at;
  if (end == 0 || now < end - kEarly) return credential->tokens.access;
  return refresh(std::move(*credential), now);
}

Result<std::string> TokenKeeper::newer_token(std::string_view account, std::string_view not_taken, std::int64_t now) {
  const auto lock = vault_.lock();
  if (!lock) return lock.error();
  auto credential = load(account);
  if (!credential) return credential.error();
  if (credential->tokens.access != not_taken) {  // another process has a newer one already
    if (auto stored = store(*credential); !stored) return stored.error();
    return credential->tokens.access;
  }
  return refresh(std::move(*credential), now);
}

/// Asks with the refresh token, and with the one before it if that one is not taken: the server may never have got to
/// know that we have the newer one.
Result<std::string> TokenKeeper::refresh(Credential credential, std::int64_t now) {
  std::vector<std::string> attempts;
  for (const std::string& token : {credential.tokens.refresh, credential.refresh_before}) {
    if (!token.empty()) attempts.push_back(token);
  }
  TokenProblem last{Refusal::grant_refused, "the server gave no refresh token"};
  for (const std::string& token : attempts) {
    auto tokens = ask_for_tokens({transport_, random_, now}, credential,
                                 {{"grant_type", "refresh_token"}, {"refresh_token", token}});
    if (tokens && is_of_another(*tokens, credential)) {
      last = {Refusal::grant_refused, "its new tokens are of another account"};
      break;
    }
    if (tokens) {
      credential.refresh_before = token;
      if (auto stored = take_over(credential, std::move(*tokens)); !stored) return stored.error();
      return credential.tokens.access;
    }
    last = tokens.error();
    if (last.refusal != Refusal::grant_refused) break;
  }
  if (last.refusal != Refusal::grant_refused) {
    return Error{ErrorCode::io, fmt::format("{} could not be asked for a new token of {}: {}; try again later",
                                            credential.issuer, credential.account, last.reason)};
  }
  credential.needs_login = fmt::format("{} does not take the log-in any more: {}", credential.issuer, last.reason);
  if (auto stored = store(credential); !stored) return stored.error();
  return must_log_in(credential);
}

/// A log-in that seemed over is good after all: servers have said so by mistake. What the new answer leaves out stays
/// as it was.
Result<void> TokenKeeper::take_over(Credential& credential, Tokens tokens) {
  if (tokens.refresh.empty()) tokens.refresh = credential.refresh_before;
  if (tokens.scope.empty()) tokens.scope = credential.tokens.scope;
  if (tokens.subject.empty()) tokens.subject = credential.tokens.subject;
  credential.needs_login.clear();
  credential.tokens = std::move(tokens);
  return store(credential);
}

}  // namespace renown::oauth
