#include "instance/directory.h"

#include <algorithm>

#include "base/ascii.h"
#include "people/owner_name.h"

namespace renown::instance {
namespace {

Account in_lower_case(const Account& account) {
  return {account.network, base::lower(account.account)};
}

}  // namespace

Result<Directory> Directory::read(people::PeopleRegistry& registry) {
  auto people = registry.people();
  if (!people) return people.error();
  Directory directory;
  directory.people_ = std::move(*people);
  std::ranges::sort(directory.people_, {}, &people::Person::id);
  for (std::size_t i = 0; i < directory.people_.size(); ++i) {
    const people::Person& person = directory.people_[i];
    directory.by_number_.emplace(person.id, i);
    directory.by_name_.emplace(person.name, i);
    for (const people::LinkedAccount& linked : person.accounts) {
      directory.by_account_.emplace(linked.account, i);
      const auto [same, is_new] = directory.by_lower_account_.emplace(in_lower_case(linked.account), i);
      if (!is_new && same->second != i) same->second = std::nullopt;
      const auto names = people::names_of(linked.account);
      if (!names) continue;  // a network whose accounts have no addresses
      for (const std::string& name : *names) directory.by_owner_name_.emplace(name, i);
    }
  }
  return directory;
}

const people::Person* Directory::find(PersonId person) const {
  const auto found = by_number_.find(person);
  return found == by_number_.end() ? nullptr : &people_[found->second];
}

const people::Person* Directory::owner(const Account& account) const {
  const auto found = by_account_.find(account);
  return found == by_account_.end() ? nullptr : &people_[found->second];
}

const people::Person* Directory::owner_in_any_case(const Account& account) const {
  if (const people::Person* exact = owner(account)) return exact;
  const auto found = by_lower_account_.find(in_lower_case(account));
  return found == by_lower_account_.end() || !found->second ? nullptr : &people_[*found->second];
}

const people::Person* Directory::owner_called(const std::string& owner_name) const {
  const auto found = by_owner_name_.find(owner_name);
  return found == by_owner_name_.end() ? nullptr : &people_[found->second];
}

const people::Person* Directory::named(std::string_view name) const {
  const auto found = by_name_.find(name);
  return found == by_name_.end() ? nullptr : &people_[found->second];
}

}  // namespace renown::instance
