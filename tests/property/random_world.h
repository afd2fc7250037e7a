/// Random worlds for properties: small, and full of corners (equal seconds, window edges, mutual replies, links).
///
/// A row is decoded from one random number, so that rapidcheck makes worlds quickly and shrinks them by leaving rows
/// out.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "renown/account.h"
#include "renown/interaction.h"
#include "renown/score_model.h"

#include "aggregate/event_table.h"
#include "score/score_run.h"

namespace renown::property {

inline constexpr std::int64_t kAsOf = 1'769'817'600;  ///< 2026-01-31T00:00:00Z

/// A row with texts of its own.
struct Row {
  std::int64_t time = 0;
  Kind kind = Kind::like;
  Account actor, target;  ///< of one network
  std::string post, id, tags;

  Interaction view() const;
};

struct WorldLists {
  PeopleMap people;
  std::optional<AccountSet> verified;  ///< nothing: unprotected
};

struct World {
  std::vector<Row> rows;
  WorldLists lists;  ///< outlives the runs of the world
};

/// Eight accounts on two networks: few enough that they meet.
const std::vector<Account>& accounts();

/// `code` 0 is a plain old like; every bit pattern is a row.
Row decode_row(std::uint64_t code);

/// Rows and lists by rapidcheck. `is_protected` decides whether there is a verified list.
World any_world(bool is_protected);

/// The model renown-0.1 with its percentiles left out (they are read from it, nothing is read from them).
const ScoreModel& model();

/// The run points into `world`.
score::ScoreRun score(const World& world, const ScoreModel& by = model(), std::int64_t as_of = kAsOf,
                      std::size_t threads = 1);

/// The card of the person that owns an account; an empty one if none of their accounts is in the log.
ScoreCard card_of(const score::ScoreRun& run, const World& world, const Account& account);

/// Raw score of that person, 0 if they received nothing.
double raw_of(const score::ScoreRun& run, const World& world, const Account& account);

/// The person of an account: its person's name, or the account itself.
std::string person_of(const World& world, const Account& account);

/// Rows as lines, for the message of a failing property.
std::string shown(const World& world);

}  // namespace renown::property
