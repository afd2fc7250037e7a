/// Scopes: what an API key may be used for.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "renown/result.h"

#include "access/role.h"

namespace renown::access {

enum class Scope {
  score_read,     ///< "score:read"
  ledger_read,    ///< "ledger:read"
  people_search,  ///< "people:search"; an operator's key only, as are all below
  lookup,         ///< "lookup"
  perks_write,    ///< "perks:write"
  admin,          ///< "admin"
};

/// Scopes of one key.
class ScopeSet {
 public:
  /// Names with blanks between them, in any order. errors  bad_input, naming the one that there is not
  static Result<ScopeSet> parse(std::string_view text);

  /// Those that a key of somebody in that role may hold.
  static ScopeSet allowed(Role role);

  bool has(Scope scope) const { return (bits_ & bit(scope)) != 0; }
  bool empty() const { return bits_ == 0; }
  ScopeSet with(Scope scope) const { return ScopeSet(bits_ | bit(scope)); }
  ScopeSet both(ScopeSet other) const { return ScopeSet(bits_ & other.bits_); }      ///< in this and the other
  ScopeSet without(ScopeSet other) const { return ScopeSet(bits_ & ~other.bits_); }  ///< in this, not in the other

  /// Whether they let their holder learn about people who did not make the key.
  bool reads_others() const { return has(Scope::lookup) || has(Scope::people_search); }

  /// "score:read ledger:read": as parse() reads it, in the order above.
  std::string text() const;

  ScopeSet() = default;
  bool operator==(const ScopeSet&) const = default;

 private:
  explicit ScopeSet(std::uint32_t bits) : bits_(bits) {}
  static std::uint32_t bit(Scope scope) { return 1U << static_cast<unsigned>(scope); }
  std::uint32_t bits_ = 0;
};

std::string_view scope_name(Scope scope);

}  // namespace renown::access
