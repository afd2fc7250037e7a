#include "instance/directory.h"

#include <algorithm>

#include "base/ascii.h"
#include "base/hash.h"
#include "people/owner_name.h"

namespace renown::instance {
namespace {

/// Of the network, and of the account in lower case.
std::uint64_t hash_of(const Account& account) {
  return base::table_hash(base::lower(account.account), base::table_hash(account.network));
}

bool same_in_any_case(const Account& one, const Account& other) {
  return one.network == other.network && base::same_but_for_case(one.account, other.account);
}

/// The entries of a hash.
template <class Index>
auto all_of(const Index& index, std::uint64_t hash) {
  return std::ranges::equal_range(index, hash, {}, &Index::value_type::first);
}

}  // namespace

Result<Directory> Directory::read(people::PeopleRegistry& registry) {
  auto people = registry.people(people::PeopleRegistry::Proofs::methods);
  if (!people) return people.error();
  Directory directory;
  directory.people_ = std::move(*people);
  directory.index();
  return directory;
}

void Directory::index() {
  by_name_.reserve(people_.size());
  by_account_.reserve(people_.size());
  for (std::size_t i = 0; i < people_.size(); ++i) {
    const people::Person& person = people_[i];
    by_name_.emplace_back(base::table_hash(person.name), i);
    for (std::size_t j = 0; j < person.accounts.size(); ++j) {
      const Account& account = person.accounts[j].account;
      by_account_.push_back({hash_of(account), {i, j}});
      if (!people::has_documents(account.network)) continue;
      const auto names = people::names_of(account);
      if (!names) continue;  // no account of that network
      for (const std::string& name : *names) by_owner_name_.push_back({base::table_hash(name), {i, j}});
    }
  }
  std::ranges::sort(by_name_);
  std::ranges::sort(by_account_);
  std::ranges::sort(by_owner_name_);
}

const people::Person* Directory::find(PersonId person) const {
  const auto found = std::ranges::lower_bound(people_, person, {}, &people::Person::id);
  return found == people_.end() || found->id != person ? nullptr : &*found;
}

const people::Person* Directory::owner(const Account& account) const {
  for (const auto& [hash, place] : all_of(by_account_, hash_of(account))) {
    if (account_at(place) == account) return &people_[place.person];
  }
  return nullptr;
}

const people::Person* Directory::owner_in_any_case(const Account& account) const {
  if (const people::Person* exact = owner(account)) return exact;
  const people::Person* found = nullptr;
  for (const auto& [hash, place] : all_of(by_account_, hash_of(account))) {
    const people::Person& person = people_[place.person];
    if (!same_in_any_case(account_at(place), account)) continue;
    if (found != nullptr && found != &person) return nullptr;
    found = &person;
  }
  return found;
}

const people::Person* Directory::owner_called(const std::string& owner_name) const {
  for (const auto& [hash, place] : all_of(by_owner_name_, base::table_hash(owner_name))) {
    const auto names = people::names_of(account_at(place));
    if (names && std::ranges::find(*names, owner_name) != names->end()) return &people_[place.person];
  }
  return nullptr;
}

const people::Person* Directory::named(std::string_view name) const {
  for (const auto& [hash, place] : all_of(by_name_, base::table_hash(name))) {
    if (people_[place].name == name) return &people_[place];
  }
  return nullptr;
}

}  // namespace renown::instance
