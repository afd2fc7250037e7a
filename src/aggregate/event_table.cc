#include "aggregate/event_table.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <numeric>

namespace renown::aggregate {

void EventTable::add(const Interaction& row) {
  Event event;
  event.time = row.time;
  event.kind = row.kind;
  event.actor = accounts_.intern(row.network, row.actor);
  if (!row.target.empty()) event.target = accounts_.intern(row.network, row.target);
  event.post = texts_.intern(row.post);
  event.id = texts_.intern(row.id);
  event.tags = texts_.intern(row.tags);
  events_.push_back(event);
}

void EventTable::add(const model::InteractionBlock& block) {
  accounts_.intern(block, actors_, targets_);
  texts_.intern(block.posts(), posts_);
  texts_.intern(block.ids(), ids_);
  texts_.intern(block.tags(), tags_);
  for (std::size_t row = 0; row < block.size(); ++row) {
    Event& event = events_.emplace_back();
    event.time = block.times()[row];
    event.kind = block.kinds()[row];
    event.actor = actors_[row];
    event.target = targets_[row];
    event.post = posts_[row];
    event.id = ids_[row];
    event.tags = tags_[row];
  }
}

void EventTable::order_accounts() {
  // Most keys of one network share their first bytes: order by eight bytes after the network first, then by all.
  struct Entry {
    std::uint64_t network_rank;
    std::uint64_t prefix;
    AccountId id;
  };
  const auto big_endian_prefix = [](std::string_view text) {
    char bytes[8] = {};
    std::memcpy(bytes, text.data(), std::min<std::size_t>(text.size(), 8));
    return std::byteswap(std::bit_cast<std::uint64_t>(bytes));
  };

  StringTable networks;
  std::vector<std::uint32_t> network_of(accounts_.size());
  for (AccountId id = 0; id < accounts_.size(); ++id) network_of[id] = networks.intern(accounts_[id].network);
  std::vector<std::uint32_t> by_name(networks.size());
  std::iota(by_name.begin(), by_name.end(), 0u);
  std::ranges::sort(by_name, {}, [&](std::uint32_t network) { return networks[network]; });
  std::vector<std::uint32_t> network_rank(networks.size());
  for (std::uint32_t rank = 0; rank < by_name.size(); ++rank) network_rank[by_name[rank]] = rank;

  std::vector<Entry> order(accounts_.size());
  for (AccountId id = 0; id < accounts_.size(); ++id) {
    order[id] = {network_rank[network_of[id]], big_endian_prefix(accounts_[id].account), id};
  }
  std::ranges::sort(order, [&](const Entry& a, const Entry& b) {
    if (a.network_rank != b.network_rank) return a.network_rank < b.network_rank;
    if (a.prefix != b.prefix) return a.prefix < b.prefix;
    return accounts_.key(a.id) < accounts_.key(b.id);
  });

  AccountTable ordered;
  std::vector<AccountId> new_id(accounts_.size());
  for (AccountId rank = 0; rank < order.size(); ++rank) {
    const AccountName name = accounts_[order[rank].id];
    new_id[order[rank].id] = ordered.intern(name.network, name.account);
  }
  for (Event& event : events_) {
    event.actor = new_id[event.actor];
    if (event.target != kNoAccount) event.target = new_id[event.target];
  }
  accounts_ = std::move(ordered);
}

}  // namespace renown::aggregate
