#include "api/caller.h"

#include <algorithm>
#include <any>
#include <array>

namespace renown::api {
namespace {

constexpr std::array kScopes = {access::Scope::score_read, access::Scope::ledger_read, access::Scope::people_search,
                                access::Scope::lookup,     access::Scope::perks_write, access::Scope::admin};

}  // namespace

bool Caller::is_operator() const {
  if (session) return session->role == access::Role::operator_;
  return key && key->scopes.has(access::Scope::admin);
}

bool Caller::may(access::Scope scope) const {
  if (key) return key->scopes.has(scope);
  if (!session) return false;
  if (scope == access::Scope::score_read || scope == access::Scope::ledger_read) return true;
  return scope != access::Scope::lookup && session->role == access::Role::operator_;
}

bool Caller::has_any(const std::vector<std::string>& scopes) const {
  if (scopes.empty()) return true;
  return std::ranges::any_of(scopes, [this](const std::string& name) {
    if (name == kSession) return session.has_value();
    return std::ranges::any_of(kScopes,
                               [&](access::Scope scope) { return access::scope_name(scope) == name && may(scope); });
  });
}

const Caller& caller_of(const http::Request& request) {
  static const Caller anonymous;
  const auto* caller = std::any_cast<Caller>(&request.caller);
  return caller != nullptr ? *caller : anonymous;
}

}  // namespace renown::api
