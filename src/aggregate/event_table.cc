#include "aggregate/event_table.h"

#include <utility>

#include "aggregate/account_order.h"

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
  const AccountOrder order(accounts_);
  for (Event& event : events_) {
    event.actor = order.rank_of(event.actor);
    if (event.target != kNoAccount) event.target = order.rank_of(event.target);
  }
  accounts_.renumber(order.at_ranks(), order.ranks());
}

}  // namespace renown::aggregate
