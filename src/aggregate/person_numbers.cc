#include "aggregate/person_numbers.h"

#include <algorithm>
#include <unordered_set>

namespace renown::aggregate {

PersonNumbers::PersonNumbers(const AccountTable& accounts, const AccountOrder& order, const PeopleMap& people)
    : size_(order.size()) {
  struct Link {
    AccountId rank;
    std::string_view name;
  };
  std::vector<Link> links;
  for (const auto& [account, name] : people) {
    const AccountId id = accounts.find(account.network, account.account);
    if (id != kNoAccount) links.push_back({order.rank_of(id), name});
  }
  if (links.empty()) return;
  std::ranges::sort(links, {}, &Link::rank);

  person_of_.resize(order.size());
  first_account_.reserve(order.size());
  std::unordered_map<std::string_view, PersonId> by_name;
  auto link = links.begin();
  for (AccountId rank = 0; rank < order.size(); ++rank) {
    const auto next = static_cast<PersonId>(first_account_.size());
    PersonId person = next;
    if (link != links.end() && link->rank == rank) {
      person = by_name.try_emplace(link->name, next).first->second;
      Linked& linked = linked_[person];
      linked.name = link->name;
      ++linked.accounts;
      ++link;
    }
    person_of_[rank] = person;
    if (person == next) first_account_.push_back(rank);
  }
  size_ = first_account_.size();
}

std::string_view PersonNumbers::name(PersonId person) const {
  const auto linked = linked_.find(person);
  return linked == linked_.end() ? std::string_view() : linked->second.name;
}

std::size_t PersonNumbers::account_count(PersonId person) const {
  const auto linked = linked_.find(person);
  return linked == linked_.end() ? 1 : linked->second.accounts;
}

std::vector<std::uint8_t> listed_persons(const AccountTable& accounts, const AccountOrder& order,
                                         const PersonNumbers& persons, const PeopleMap& people,
                                         const AccountSet& list) {
  std::vector<std::uint8_t> listed(persons.size());
  const auto add = [&](const Account& account) {
    const AccountId id = accounts.find(account.network, account.account);
    if (id != kNoAccount) listed[persons.of(order.rank_of(id))] = 1;
  };
  std::ranges::for_each(list, add);
  if (!persons.linked()) return listed;

  // Who is listed by an account that is not in the log is still listed, with all accounts that are.
  std::unordered_set<std::string_view> names;
  for (const Account& account : list) {
    if (const auto person = people.find(account); person != people.end()) names.insert(person->second);
  }
  for (const auto& [account, name] : people) {
    if (names.contains(name)) add(account);
  }
  return listed;
}

}  // namespace renown::aggregate
