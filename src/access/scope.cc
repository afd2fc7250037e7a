#include "access/scope.h"

#include <array>
#include <utility>

#include <fmt/format.h>

#include "base/text.h"

namespace renown::access {
namespace {

constexpr std::array<std::pair<Scope, std::string_view>, 6> kNames = {{
    {Scope::score_read, "score:read"},
    {Scope::ledger_read, "ledger:read"},
    {Scope::people_search, "people:search"},
    {Scope::lookup, "lookup"},
    {Scope::perks_write, "perks:write"},
    {Scope::admin, "admin"},
}};

}  // namespace

std::string_view scope_name(Scope scope) {
  return kNames[static_cast<std::size_t>(scope)].second;
}

Result<ScopeSet> ScopeSet::parse(std::string_view text) {
  ScopeSet scopes;
  for (const std::string_view word : base::split_words(text)) {
    bool known = false;
    for (const auto& [scope, name] : kNames) {
      if (word != name) continue;
      scopes = scopes.with(scope);
      known = true;
    }
    if (!known) {
      ScopeSet all = allowed(Role::operator_);
      return bad_input(fmt::format("there is no scope '{}': there are {}", base::printable(word), all.text()));
    }
  }
  return scopes;
}

ScopeSet ScopeSet::allowed(Role role) {
  ScopeSet scopes = ScopeSet().with(Scope::score_read).with(Scope::ledger_read);
  if (role != Role::operator_) return scopes;
  return scopes.with(Scope::people_search).with(Scope::lookup).with(Scope::perks_write).with(Scope::admin);
}

std::string ScopeSet::text() const {
  std::string text;
  for (const auto& [scope, name] : kNames) {
    if (!has(scope)) continue;
    if (!text.empty()) text += ' ';
    text += name;
  }
  return text;
}

}  // namespace renown::access
