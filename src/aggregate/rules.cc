#include "aggregate/rules.h"

#include <algorithm>
#include <utility>

#include "aggregate/row.h"
#include "aggregate/undo_set.h"
#include "base/parallel.h"

namespace renown::aggregate {
namespace {

/// With texts by their numbers, which are 0 for the empty one as the hashes are.
KeyedRow keyed(const Event& event) {
  return {{event.actor, event.target, Moment::of(event.time, event.kind)}, event.post, event.id};
}

std::uint64_t pair_key(const Event& act) {
  return (std::uint64_t{act.actor} << 32) | act.target;
}

std::uint64_t words_key(const WithdrawnWords& words) {
  return (std::uint64_t{words.actor} << 32) | words.target;
}

/// What can provoke a reply: the acts of accounts on each other, and words that were taken back.
class Provocations {
 public:
  Provocations(std::span<const Event> acts, std::vector<WithdrawnWords> withdrawn, std::int64_t provoked_seconds)
      : acts_(acts), withdrawn_(std::move(withdrawn)), provoked_seconds_(provoked_seconds) {
    std::ranges::sort(withdrawn_, {}, words_key);
  }

  /// Whether `actor` was addressed by `target` shortly before `time`.
  bool provoke(AccountId actor, AccountId target, std::int64_t time) const {
    const auto shortly_before = [&](std::int64_t earlier) {
      return earlier <= time && time - earlier <= provoked_seconds_;
    };
    const std::uint64_t back = (std::uint64_t{target} << 32) | actor;
    return std::ranges::any_of(std::ranges::equal_range(acts_, back, {}, pair_key),
                               [&](const Event& act) { return act.in_words && shortly_before(act.time); }) ||
           std::ranges::any_of(std::ranges::equal_range(withdrawn_, back, {}, words_key),
                               [&](const WithdrawnWords& words) { return shortly_before(words.time); });
  }

 private:
  std::span<const Event> acts_;
  std::vector<WithdrawnWords> withdrawn_;
  std::int64_t provoked_seconds_;
};

/// Erases the rows for which `drops` holds, tells of each, and counts them.
template <class Drops>
std::uint64_t erase_rows(EventList& rows, const OnDrop& on_drop, const Drops& drops) {
  return std::erase_if(rows, [&](const Event& row) {
    const bool dropped = drops(row);
    if (dropped && on_drop) on_drop(row);
    return dropped;
  });
}

}  // namespace

std::uint64_t drop_future(EventList& events, std::int64_t as_of) {
  return std::erase_if(events, [as_of](const Event& event) { return event.time >= as_of; });
}

std::uint64_t drop_withdrawn(EventList& events, const OnDrop& on_drop) {
  UndoSet undos;
  for (const Event& event : events) {
    if (event.kind == Kind::undo) undos.add(keyed(event));
  }
  if (undos.empty()) return 0;
  return erase_rows(events, on_drop,
                    [&](const Event& event) { return event.kind != Kind::undo && undos.withdraws(keyed(event)); });
}

std::uint64_t drop_weightless(EventList& events) {
  return std::erase_if(events, [](const Event& event) { return !is_engagement(event.kind); });
}

std::uint64_t drop_own(EventList& events, std::span<const PersonId> person_of, const OnDrop& on_drop) {
  return erase_rows(events, on_drop,
                    [&](const Event& event) { return person_of[event.actor] == person_of[event.target]; });
}

std::uint64_t merge_twins(EventList& events, const StringTable& texts, std::size_t threads) {
  base::parallel_sort(events, threads, [&](const Event& a, const Event& b) {
    if (pair_key(a) != pair_key(b)) return pair_key(a) < pair_key(b);
    if (a.time != b.time) return a.time < b.time;
    if (a.kind != b.kind) return a.kind < b.kind;
    if (a.post != b.post) return texts[a.post] < texts[b.post];
    if (a.id != b.id) return texts[a.id] < texts[b.id];
    return a.tags != b.tags && texts[a.tags] < texts[b.tags];
  });
  std::size_t kept = 0;
  for (const Event& event : events) {
    const bool twin = kept > 0 && pair_key(events[kept - 1]) == pair_key(event) && events[kept - 1].time == event.time;
    if (!twin) events[kept++] = event;
    Event& act = events[kept - 1];
    act.in_words |= addresses_in_words(event.kind);
    act.wordless |= !addresses_in_words(event.kind);
  }
  const std::uint64_t merged = events.size() - kept;
  events.resize(kept);
  return merged;
}

std::optional<WithdrawnWords> withdrawn_words(const Event& row) {
  if (!addresses_in_words(row.kind)) return std::nullopt;
  return WithdrawnWords{row.actor, row.target, row.time};
}

std::uint64_t drop_provoked(EventList& acts, std::vector<WithdrawnWords> withdrawn, std::int64_t provoked_seconds,
                            const OnDrop& on_drop) {
  const Provocations provocations(acts, std::move(withdrawn), provoked_seconds);
  std::vector<bool> provoked(acts.size());
  bool all_so_far = true;  // of the acts of this actor on this target
  for (std::size_t i = 0; i < acts.size(); ++i) {
    const Event& act = acts[i];
    if (i == 0 || pair_key(act) != pair_key(acts[i - 1])) all_so_far = true;
    all_so_far = all_so_far && !act.wordless && provocations.provoke(act.actor, act.target, act.time);
    provoked[i] = all_so_far;
  }
  std::size_t at = 0;
  return erase_rows(acts, on_drop, [&](const Event&) { return provoked[at++]; });
}

std::uint64_t drop_farm(EventList& acts, const std::vector<bool>& farm_accounts, const OnDrop& on_drop) {
  return erase_rows(acts, on_drop, [&](const Event& act) { return farm_accounts[act.actor]; });
}

}  // namespace renown::aggregate
