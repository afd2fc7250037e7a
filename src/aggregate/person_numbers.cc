#include "aggregate/person_numbers.h"

#include <algorithm>
#include <array>
#include <span>
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
  std::array<AccountName, StringTable::kBatch> names;  // that were not looked up yet
  std::size_t count = 0;
  const auto look_up = [&] {
    std::array<AccountId, StringTable::kBatch> ids;
    accounts.find(std::span(names).first(count), ids.data());
    for (const AccountId id : std::span(ids).first(count)) order.prefetch(id);
    for (const AccountId id : std::span(ids).first(count)) {
      if (id != kNoAccount) listed[persons.of(order.rank_of(id))] = 1;
    }
    count = 0;
  };
  const auto add = [&](const Account& account) {
    names[count++] = {account.network, account.account};
    if (count == names.size()) look_up();
  };
  std::ranges::for_each(list, add);
  look_up();
  if (!persons.linked()) return listed;

  // Who is listed by an account that is not in the log is still listed, with all accounts that are.
  std::unordered_set<std::string_view> listed_names;
  for (const Account& account : list) {
    if (const auto person = people.find(account); person != people.end()) listed_names.insert(person->second);
  }
  for (const auto& [account, name] : people) {
    if (listed_names.contains(name)) add(account);
  }
  look_up();
  return listed;
}

}  // namespace renown::aggregate
