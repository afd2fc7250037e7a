/// Directory: who is here, as the people registry says, held in memory: look-ups by number, account and name. Of the
/// proofs it knows the methods.
///
/// Never changes once it is made.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "renown/account.h"
#include "renown/result.h"

#include "instance/person_card.h"
#include "people/registry.h"

namespace renown::instance {

class Directory {
 public:
  Directory() = default;

  /// errors  of the registry
  static Result<Directory> read(people::PeopleRegistry& registry);

  /// Null where there is nobody. An account's owner is found whatever the basis: what may be said is the caller's to
  /// judge.
  const people::Person* find(PersonId person) const;
  const people::Person* owner(const Account& account) const;
  /// The owner of the account of that name in whatever case; of several, the one whose account is written so.
  /// Null where several people have one and none is written so.
  const people::Person* owner_in_any_case(const Account& account) const;
  /// By a name that an account has by itself, such as the address of a profile (people/owner_name.h).
  const people::Person* owner_called(const std::string& owner_name) const;
  const people::Person* named(std::string_view name) const;

  /// By number.
  const std::vector<people::Person>& people() const { return people_; }

 private:
  /// An account of a person.
  struct Place {
    std::size_t person = 0, account = 0;
    auto operator<=>(const Place&) const = default;
  };
  /// Hashes of texts that stand in people_, and where, in order: a table of nodes takes ten times as long to make.
  /// Texts of one hash are told apart by the texts.
  template <class Where>
  using Index = std::vector<std::pair<std::uint64_t, Where>>;

  void index();
  const Account& account_at(const Place& place) const { return people_[place.person].accounts[place.account].account; }

  std::vector<people::Person> people_;
  Index<std::size_t> by_name_;
  Index<Place> by_account_;     ///< network, and the account in lower case
  Index<Place> by_owner_name_;  ///< each of the names that an account has by itself
};

}  // namespace renown::instance
