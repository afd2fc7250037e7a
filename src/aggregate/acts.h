/// From rows to acts: the named steps of docs/scoring/acts.md, and what each of them dropped.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "aggregate/event_table.h"
#include "aggregate/people_index.h"

namespace renown::aggregate {

/// Rows that are no acts, by reason. rows = acts + all others: a row is dropped for the first reason that holds.
struct DropCounts {
  std::uint64_t rows = 0;        ///< rows taken
  std::uint64_t future = 0;      ///< at or after as_of
  std::uint64_t withdrawn = 0;   ///< undone later
  std::uint64_t weightless = 0;  ///< post, follow and undo rows
  std::uint64_t own = 0;         ///< on oneself, or between accounts of one person
  std::uint64_t twins = 0;       ///< the same act logged again
  std::uint64_t provoked = 0;    ///< replies to somebody who addressed the replier first
  std::uint64_t farm = 0;        ///< by accounts found to be part of a farm
  std::uint64_t acts = 0;        ///< what is left
};

/// Rows that an account received and that count nothing, by reason.
struct DroppedOf {
  std::uint32_t withdrawn = 0;
  std::uint32_t own = 0;
  std::uint32_t provoked = 0;
  std::uint32_t farm = 0;
};

/// The acts of a log before `as_of`, sorted by (actor, target, time), and who is who in it.
struct Acts {
  EventList acts;
  AccountTable accounts;  ///< in byte order
  StringTable texts;
  PeopleIndex people;
  DropCounts dropped;
  std::vector<DroppedOf> dropped_of;  ///< by account that received them
};

/// `people` must outlive the result, which is the same for any number of threads.
Acts derive_acts(EventTable events, const PeopleMap& people, std::int64_t as_of, std::int64_t provoked_seconds,
                 std::size_t threads = 1);

/// Takes the acts of farm accounts out of `acts` and counts them.
void remove_farm(Acts& acts, const std::vector<bool>& farm_accounts);

/// Unix seconds one after the newest row that is not later than `now`; nothing if there is none.
std::optional<std::int64_t> default_as_of(const EventTable& events, std::int64_t now);

}  // namespace renown::aggregate
