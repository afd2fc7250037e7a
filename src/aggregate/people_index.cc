#include "aggregate/people_index.h"

#include <unordered_map>
#include <unordered_set>

namespace renown::aggregate {
namespace {

/// Calls found(account id, entry) for each account of the log that is a key of the sorted container `listed`: both
/// are in byte order, so one walk over both suffices.
template <class Listed, class Key, class Found>
void for_each_listed(const AccountTable& accounts, const Listed& listed, const Key& key, const Found& found) {
  auto entry = listed.begin();
  for (AccountId id = 0; id < accounts.size() && entry != listed.end();) {
    const AccountName name = accounts[id];
    const Account& wanted = key(*entry);
    int order = name.network.compare(wanted.network);
    if (order == 0) order = name.account.compare(wanted.account);
    if (order == 0) found(id, *entry);
    if (order <= 0) ++id;
    if (order >= 0) ++entry;
  }
}

}  // namespace

PeopleIndex index_people(const AccountTable& accounts, const PeopleMap& people) {
  std::vector<const std::string*> linked(accounts.size());
  for_each_listed(
      accounts, people, [](const auto& entry) -> const Account& { return entry.first; },
      [&](AccountId id, const auto& entry) { linked[id] = &entry.second; });

  PeopleIndex index;
  index.person_of.resize(accounts.size());
  std::unordered_map<std::string_view, PersonId> by_name;
  for (AccountId id = 0; id < accounts.size(); ++id) {
    const auto next = static_cast<PersonId>(index.size());
    const PersonId person = linked[id] ? by_name.try_emplace(*linked[id], next).first->second : next;
    index.person_of[id] = person;
    if (person != next) continue;
    index.first_account.push_back(id);
    index.name.push_back(linked[id] ? std::string_view(*linked[id]) : std::string_view());
  }
  return index;
}

std::vector<bool> listed_accounts(const AccountTable& accounts, const AccountSet& list) {
  std::vector<bool> listed(accounts.size());
  for_each_listed(
      accounts, list, [](const Account& account) -> const Account& { return account; },
      [&](AccountId id, const Account&) { listed[id] = true; });
  return listed;
}

std::vector<bool> listed_people(const AccountTable& accounts, const PeopleIndex& index, const PeopleMap& people,
                                const AccountSet& list) {
  std::unordered_set<std::string_view> names;
  for (const Account& account : list) {
    if (const auto person = people.find(account); person != people.end()) names.insert(person->second);
  }
  std::vector<bool> listed(index.size());
  for_each_listed(
      accounts, list, [](const Account& account) -> const Account& { return account; },
      [&](AccountId id, const Account&) { listed[index.person_of[id]] = true; });
  for (PersonId person = 0; person < index.size(); ++person) {
    if (!index.name[person].empty() && names.contains(index.name[person])) listed[person] = true;
  }
  return listed;
}

}  // namespace renown::aggregate
