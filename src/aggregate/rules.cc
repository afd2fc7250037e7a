#include "aggregate/rules.h"

#include <algorithm>
#include <tuple>
#include <unordered_map>

#include "base/hash.h"

namespace renown::aggregate {
namespace {

/// What an undo names: (actor, id), or (actor, target, post). An account number stands for network and name.
struct UndoKey {
  AccountId actor;
  AccountId target;
  TextId text;
  bool by_id;

  bool operator==(const UndoKey&) const = default;
};

struct UndoKeyHash {
  std::size_t operator()(const UndoKey& key) const {
    const std::uint64_t accounts = (std::uint64_t{key.actor} << 32) | key.target;
    return base::mix64(base::mix64(accounts) ^ ((std::uint64_t{key.text} << 1) | (key.by_id ? 1 : 0)));
  }
};

UndoKey key_by_id(const Event& event) { return {event.actor, kNoAccount, event.id, true}; }
UndoKey key_by_post(const Event& event) { return {event.actor, event.target, event.post, false}; }

/// Kinds that address somebody in words, and that being addressed provokes.
bool addresses(Kind kind) {
  return kind == Kind::mention || kind == Kind::reply || kind == Kind::comment || kind == Kind::quote;
}

std::uint64_t pair_key(const Event& act) { return (std::uint64_t{act.actor} << 32) | act.target; }

/// The acts of one account on another, or none.
std::span<const Event> acts_of_pair(std::span<const Event> sorted, AccountId actor, AccountId target) {
  const std::uint64_t key = (std::uint64_t{actor} << 32) | target;
  const auto range = std::ranges::equal_range(sorted, key, {}, pair_key);
  return {range.begin(), range.end()};
}

/// How many of the first acts of i on j were provoked by j's acts on i. Both are sorted by time.
std::size_t provoked_prefix(std::span<const Event> acts, std::span<const Event> provocations, std::int64_t provoked_seconds) {
  std::size_t count = 0;
  for (const Event& act : acts) {
    if (!addresses(act.kind)) break;
    const bool provoked = std::ranges::any_of(provocations, [&](const Event& other) {
      return addresses(other.kind) && other.time <= act.time && act.time - other.time <= provoked_seconds;
    });
    if (!provoked) break;
    ++count;
  }
  return count;
}

/// Erases the rows for which `drops` holds, tells of each, and counts them.
template <class Drops>
std::uint64_t erase_rows(std::vector<Event>& rows, const OnDrop& on_drop, const Drops& drops) {
  return std::erase_if(rows, [&](const Event& row) {
    const bool dropped = drops(row);
    if (dropped && on_drop) on_drop(row);
    return dropped;
  });
}

}  // namespace

std::uint64_t drop_future(std::vector<Event>& events, std::int64_t as_of) {
  return std::erase_if(events, [as_of](const Event& event) { return event.time >= as_of; });
}

std::uint64_t drop_withdrawn(std::vector<Event>& events, const OnDrop& on_drop) {
  std::unordered_map<UndoKey, std::int64_t, UndoKeyHash> latest_undo;
  for (const Event& event : events) {
    if (event.kind != Kind::undo) continue;
    auto [entry, fresh] = latest_undo.try_emplace(event.id != 0 ? key_by_id(event) : key_by_post(event), event.time);
    if (!fresh) entry->second = std::max(entry->second, event.time);
  }
  if (latest_undo.empty()) return 0;

  const auto undone = [&](const UndoKey& key, std::int64_t time) {
    const auto undo = latest_undo.find(key);
    return undo != latest_undo.end() && time < undo->second;
  };
  return erase_rows(events, on_drop, [&](const Event& event) {
    if (event.kind == Kind::undo) return false;
    return (event.id != 0 && undone(key_by_id(event), event.time)) || undone(key_by_post(event), event.time);
  });
}

std::uint64_t drop_weightless(std::vector<Event>& events) {
  return std::erase_if(events, [](const Event& event) { return !is_engagement(event.kind); });
}

std::uint64_t drop_own(std::vector<Event>& events, std::span<const PersonId> person_of, const OnDrop& on_drop) {
  return erase_rows(events, on_drop, [&](const Event& event) { return person_of[event.actor] == person_of[event.target]; });
}

std::uint64_t merge_twins(std::vector<Event>& events, const StringTable& texts) {
  const auto place = [](const Event& event) { return std::tuple(pair_key(event), event.time); };
  std::ranges::sort(events, [&](const Event& a, const Event& b) {
    if (pair_key(a) != pair_key(b)) return pair_key(a) < pair_key(b);
    if (a.time != b.time) return a.time < b.time;
    if (a.kind != b.kind) return a.kind < b.kind;
    if (a.post != b.post) return texts[a.post] < texts[b.post];
    if (a.id != b.id) return texts[a.id] < texts[b.id];
    return a.tags != b.tags && texts[a.tags] < texts[b.tags];
  });
  const auto twins = std::ranges::unique(events, {}, place);
  const std::uint64_t merged = twins.size();
  events.erase(twins.begin(), twins.end());
  return merged;
}

std::uint64_t drop_provoked(std::vector<Event>& acts, std::int64_t provoked_seconds, const OnDrop& on_drop) {
  std::vector<bool> provoked(acts.size());
  const std::span<const Event> sorted(acts);
  for (std::size_t begin = 0; begin < acts.size();) {
    std::size_t end = begin + 1;
    while (end < acts.size() && pair_key(acts[end]) == pair_key(acts[begin])) ++end;
    if (addresses(acts[begin].kind)) {
      const auto provocations = acts_of_pair(sorted, acts[begin].target, acts[begin].actor);
      const std::size_t count = provoked_prefix(sorted.subspan(begin, end - begin), provocations, provoked_seconds);
      for (std::size_t i = 0; i < count; ++i) provoked[begin + i] = true;
    }
    begin = end;
  }
  return erase_rows(acts, on_drop, [&](const Event& act) { return provoked[static_cast<std::size_t>(&act - acts.data())]; });
}

std::uint64_t drop_farm(std::vector<Event>& acts, const std::vector<bool>& farm_accounts, const OnDrop& on_drop) {
  return erase_rows(acts, on_drop, [&](const Event& act) { return farm_accounts[act.actor]; });
}

}  // namespace renown::aggregate
