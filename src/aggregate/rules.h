/// The rules that turn rows into acts, one function each, in the order in which they apply (docs/scoring/acts.md).
///
/// Each takes the rows that are left, sorted as it says, removes those the rule drops and returns how many.
/// All run in O(n log n) time; the result never depends on the order in which rows came.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "aggregate/event_table.h"

namespace renown::aggregate {

using PersonId = std::uint32_t;

/// Told of every row that a rule drops; may be empty.
using OnDrop = std::function<void(const Event&)>;

/// Rows at or after `as_of` are the future: a score never looks at them.
std::uint64_t drop_future(EventList& events, std::int64_t as_of);

/// An undo withdraws the earlier rows of its network and actor with its id or, where it names no id, all earlier rows
/// of its network, actor, target and post. A row of the same second, or a later one, stands. Undo rows stay.
std::uint64_t drop_withdrawn(EventList& events, const OnDrop& on_drop = {});

/// post, follow and undo rows have no weight.
std::uint64_t drop_weightless(EventList& events);

/// Rows between an account and itself, or between two accounts of one person.
std::uint64_t drop_own(EventList& events, std::span<const PersonId> person_of, const OnDrop& on_drop = {});

/// Twins: rows of the same actor, target and second are one act. The first by kind order, then by post, id and tags in
/// byte order, stands; it keeps in mind whether some twin addresses the target in words, and whether some does not.
/// Leaves the rows sorted by (actor, target, time).
std::uint64_t merge_twins(EventList& events, const StringTable& texts, std::size_t threads = 1);

/// Somebody addressed somebody in words and took it back: it still provokes, or who lives on replies would delete the
/// words that asked for them.
struct WithdrawnWords {
  AccountId actor = 0;
  AccountId target = 0;
  std::int64_t time = 0;
};

/// The words among rows that drop_withdrawn took out.
std::optional<WithdrawnWords> withdrawn_words(const Event& row);

/// Provoked replies: a reply, comment, mention or quote of i on j at most `provoked_seconds` after (or in the same
/// second as) j mentioned, replied to, commented on or quoted i, as long as no act of i on j came unprovoked before.
/// Twins are looked at one by one: an act with a twin of another kind is never provoked, and one with a twin of these
/// kinds provokes (docs/decisions/0003-provoked-replies.md).
/// Needs acts sorted as merge_twins leaves them, and keeps that order.
std::uint64_t drop_provoked(EventList& acts, std::vector<WithdrawnWords> withdrawn, std::int64_t provoked_seconds,
                            const OnDrop& on_drop = {});

/// Acts of accounts found to be part of a farm.
std::uint64_t drop_farm(EventList& acts, const std::vector<bool>& farm_accounts, const OnDrop& on_drop = {});

}  // namespace renown::aggregate
