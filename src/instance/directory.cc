#include "instance/directory.h"

#include <algorithm>

#include "base/ascii.h"
#include "people/owner_name.h"

namespace renown::instance {
namespace {

/// Networks have no blank in their names.
std::string lower_key(const Account& account) {
  return account.network + ' ' + base::lower(account.account);
}

}  // namespace

Result<Directory> Directory::read(people::PeopleRegistry& registry) {
  auto people = registry.people();
  if (!people) return people.error();
  Directory directory;
  directory.people_ = std::move(*people);
  std::ranges::sort(directory.people_, {}, &people::Person::id);
  directory.by_name_.reserve(directory.people_.size());
  directory.by_lower_account_.reserve(directory.people_.size());
  for (std::size_t i = 0; i < directory.people_.size(); ++i) {
    const people::Person& person = directory.people_[i];
    directory.by_name_.emplace(person.name, i);
    for (std::size_t j = 0; j < person.accounts.size(); ++j) {
      const people::LinkedAccount& linked = person.accounts[j];
      directory.by_lower_account_.emplace(lower_key(linked.account), Place{i, j});
      const auto names = people::names_of(linked.account);
      if (!names) continue;  // a network whose accounts have no addresses
      for (const std::string& name : *names) directory.by_owner_name_.emplace(name, i);
    }
  }
  return directory;
}

const people::Person* Directory::find(PersonId person) const {
  const auto found = std::ranges::lower_bound(people_, person, {}, &people::Person::id);
  return found == people_.end() || found->id != person ? nullptr : &*found;
}

const people::Person* Directory::owner(const Account& account) const {
  const auto [begin, end] = by_lower_account_.equal_range(lower_key(account));
  for (auto each = begin; each != end; ++each) {
    const people::Person& person = people_[each->second.person];
    if (person.accounts[each->second.account].account == account) return &person;
  }
  return nullptr;
}

const people::Person* Directory::owner_in_any_case(const Account& account) const {
  if (const people::Person* exact = owner(account)) return exact;
  const auto [begin, end] = by_lower_account_.equal_range(lower_key(account));
  if (begin == end) return nullptr;
  const std::size_t person = begin->second.person;
  const bool is_one = std::all_of(begin, end, [&](const auto& each) { return each.second.person == person; });
  return is_one ? &people_[person] : nullptr;
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
