/// Directory: who is here, as the people registry says, held in memory: look-ups by number, account and name.
///
/// Never changes once it is made.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "renown/account.h"
#include "renown/result.h"

#include "instance/person_card.h"
#include "people/registry.h"

namespace renown::instance {

class Directory {
 public:
  Directory() = default;
  Directory(Directory&&) = default;  // no copies: names are looked up by views into the people themselves
  Directory& operator=(Directory&&) = default;

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
  std::vector<people::Person> people_;
  struct Place {
    std::size_t person = 0, account = 0;
  };
  std::unordered_multimap<std::string, Place> by_lower_account_;  ///< by network, and the account in lower case
  std::unordered_map<std::string, std::size_t> by_owner_name_;
  std::unordered_map<std::string_view, std::size_t> by_name_;  ///< views into people_
};

}  // namespace renown::instance
