/// World: everything the slow twin is given: a log, who is who, who is verified, and the constants of the model.
///
/// The slow twin is a second implementation of the score, written from its specification alone (docs/scoring) and
/// meant to be read beside it: plain containers, plain loops, each rule a short function. The fast kernels are compared
/// with it. Nothing here shares code with them except the names of the kinds.
#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "renown/interaction.h"

namespace renown::twin {

inline constexpr std::int64_t kSecondsPerDay = 86'400;

/// One identity on one network. Ordered by network, then account, in byte order.
struct Account {
  std::string network;
  std::string account;

  auto operator<=>(const Account&) const = default;
};

/// One row of the interaction log: renown::Interaction with texts of its own.
struct Row {
  std::int64_t time = 0;  ///< unix seconds
  Kind kind = Kind::like;
  std::string network;
  std::string actor;
  std::string target;
  std::string post = {};
  std::string id = {};
  std::string tags = {};

  Account actor_account() const { return {network, actor}; }
  Account target_account() const { return {network, target}; }
  bool operator==(const Row&) const = default;
};

/// Who owns accounts: somebody with a name, or, where an account is not linked, that account as a person of its own.
struct Person {
  std::string name = {};  ///< empty if unlinked
  Account account = {};   ///< set only if unlinked

  auto operator<=>(const Person&) const = default;
};

/// The constants of `renown-0.1`. Times in days.
struct Constants {
  double window_days = 180;
  double fast_half_life_days = 7;
  double loyal_half_life_days = 30;
  double slow_half_life_days = 30;
  double loyal_span_days = 7;
  double fast_share = 0.5;       ///< b1
  double loyal_share = 0.2;      ///< b2
  double slow_share = 0.3;       ///< b3
  double verified_share = 0.10;  ///< rho
  double standing_weight = 0.5;  ///< mu
  double scale_start = 1;        ///< s0
  double scale_top = 1'000'000;  ///< S_top
  double provoked_days = 7;
  std::size_t enough_engagers = 3;  ///< the coverage floor
  std::size_t interval_groups = 10;
  double interval_errors = 2.26;  ///< half width of the interval in standard errors

  std::map<Kind, double> kind_weights = {};            ///< in (0, 1]; a kind that is not named weighs 1
  std::map<std::string, double> network_weights = {};  ///< in (0, 1]; a network that is not named weighs 1
};

/// Hash of an engager-person, for the groups of the interval. The key is "person\n<name>" for a linked person and
/// "<network>\n<account>" for an unlinked account.
using PersonHash = std::function<std::uint64_t(const std::string& key)>;

struct World {
  std::vector<Row> rows;  ///< in any order
  std::int64_t as_of = 0;
  PersonHash hash;
  Constants constants = {};
  std::map<Account, std::string> people = {};                ///< account -> name of its person
  std::optional<std::set<Account>> verified = std::nullopt;  ///< absent: unprotected. Empty: a list without entries
  std::set<Account> farm = {};                               ///< accounts whose acts have weight 0
};

/// Engager-person = the person behind the actor's account; an unlinked account is a person of its own.
Person person_of(const World& world, const Account& account);

}  // namespace renown::twin
