/// Enrolment: who of a log is verified, where no operator has said so: drawn, the same for the same seed.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "renown/account.h"

#include "aggregate/event_table.h"

namespace renown::evaluate {

/// How people come to be verified.
///
/// random  Each account by a seeded hash of its network and name. A smaller share draws a subset of a larger one.
/// spread  As invitations do it: clustered and self-selected. A few founders are drawn, one for each 200 to be enrolled
///         and at least three. Then everyone who has joined invites, in the order of joining, up to 20 accounts that
///         they engaged with or that engaged with them and that have not joined, those they have most to do with first.
///         An invited account joins with a chance of its own, the same for everybody who asks it, between 0 and 1/2.
///         Where nobody is left to invite, the next founder is drawn. It ends when round(share * accounts) have joined,
///         on any graph: at the latest everybody is a founder.
enum class Enrolment : std::uint8_t { random, spread };

/// "random", "spread"; nothing for another name.
std::optional<Enrolment> parse_enrolment(std::string_view name);
std::string_view enrolment_name(Enrolment enrolment);

/// The verified accounts among those that act or are acted on in `events`.
///
/// share    of accounts, in [0, 1]
/// returns  the same for the same seed and set of rows, whatever their order. `random` draws about share * accounts,
///          `spread` exactly that, rounded
/// cost     O(rows log rows) time for `spread`
AccountSet draw_verified(const aggregate::EventTable& events, double share, Enrolment enrolment, std::uint64_t seed);

}  // namespace renown::evaluate
