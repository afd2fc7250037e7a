#include "aggregate/undo_set.h"

#include <algorithm>

namespace renown::aggregate {

std::size_t UndoSet::Hash::operator()(const Key& key) const {
  const std::uint64_t accounts = (std::uint64_t{key.actor} << 32) | key.target;
  return base::mix64(base::mix64(accounts) ^ (key.text << 1) ^ (key.by_id ? 1 : 0));
}

void UndoSet::add(const KeyedRow& undo) {
  const Key key = undo.id != 0 ? Key{undo.row.actor, kNoAccount, undo.id, true}
                               : Key{undo.row.actor, undo.row.target, undo.post, false};
  const std::int64_t time = undo.row.moment.time();
  auto [entry, fresh] = latest_.try_emplace(key, time);
  if (!fresh) entry->second = std::max(entry->second, time);
}

bool UndoSet::undone(const Key& key, std::int64_t time) const {
  const auto undo = latest_.find(key);
  return undo != latest_.end() && time < undo->second;
}

bool UndoSet::withdraws(const KeyedRow& row) const {
  const std::int64_t time = row.row.moment.time();
  return (row.id != 0 && undone({row.row.actor, kNoAccount, row.id, true}, time)) ||
         undone({row.row.actor, row.row.target, row.post, false}, time);
}

}  // namespace renown::aggregate
