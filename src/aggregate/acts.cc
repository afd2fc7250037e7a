#include "aggregate/acts.h"

#include <tuple>
#include <utility>

#include "aggregate/rules.h"

namespace renown::aggregate {

Acts derive_acts(EventTable events, const PeopleMap& people, std::int64_t as_of, std::int64_t provoked_seconds,
                 std::size_t threads) {
  events.order_accounts();
  Acts result;
  result.people = index_people(events.accounts(), people);

  result.dropped_of.resize(events.accounts().size());
  const auto count = [&](std::uint32_t DroppedOf::* reason) {
    return [&result, reason](const Event& event) {
      if (event.target != kNoAccount) ++(result.dropped_of[event.target].*reason);
    };
  };

  EventList& rows = events.events();
  DropCounts& dropped = result.dropped;
  dropped.rows = rows.size();
  dropped.future = drop_future(rows, as_of);
  std::vector<WithdrawnWords> words;
  dropped.withdrawn = drop_withdrawn(rows, [&](const Event& row) {
    count (&DroppedOf::withdrawn)(row);
    if (const auto said = withdrawn_words(row)) words.push_back(*said);
  });
  dropped.weightless = drop_weightless(rows);
  dropped.own = drop_own(rows, result.people.person_of, count(&DroppedOf::own));
  dropped.twins = merge_twins(rows, events.texts(), threads);
  dropped.provoked = drop_provoked(rows, std::move(words), provoked_seconds, count(&DroppedOf::provoked));
  dropped.acts = rows.size();

  result.acts = std::move(rows);
  std::tie(result.accounts, result.texts) = std::move(events).release();
  return result;
}

void remove_farm(Acts& acts, const std::vector<bool>& farm_accounts) {
  acts.dropped.farm =
      drop_farm(acts.acts, farm_accounts, [&](const Event& act) { ++acts.dropped_of[act.target].farm; });
  acts.dropped.acts = acts.acts.size();
}

std::optional<std::int64_t> default_as_of(const EventTable& events, std::int64_t now) {
  std::optional<std::int64_t> newest;
  for (const Event& event : events.events()) {
    if (event.time <= now && (!newest || event.time > *newest)) newest = event.time;
  }
  if (newest) ++*newest;
  return newest;
}

}  // namespace renown::aggregate
