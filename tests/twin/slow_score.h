/// The slow obvious twin of the whole score: from a world to score cards and the ledger (docs/scoring).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "twin/kept_acts.h"
#include "twin/world.h"

namespace renown::twin {

/// The numbers of one account that received at least one kept act; accounts of one person share them.
struct Card {
  Account account;
  std::string person;                   ///< empty if unlinked
  std::optional<double> score;          ///< 1..100; empty below the coverage floor
  std::optional<double> vouched_score;  ///< 1..100; empty below the floor and without a verified list
  double raw = 0;                       ///< S
  std::optional<double> vouched_raw;    ///< V; empty without a verified list
  std::size_t reach = 0;                ///< distinct engagers in the window
  double amplification = 0;             ///< S from repost and quote acts alone
  std::size_t interactions = 0;         ///< acts kept, of any age
  double coverage = 0;                  ///< min(1, reach / 3)
  std::optional<double> score_low;      ///< 1..100; empty below the floor
  std::optional<double> score_high;     ///< 1..100; empty below the floor
  std::optional<double> bound_raw;      ///< V + C; empty without a verified list
  std::optional<double> bound_score;    ///< 1..100; empty below the floor and without a verified list
};

/// What one engager-person adds to one target-person.
struct LedgerRow {
  Account account;  ///< that received the engager's latest act
  std::string person;
  Account actor;
  std::string post;
  Kind kind = Kind::like;
  std::string day;  ///< "2026-01-31"
  std::string tags;
  bool verified = false;
  double contribution = 0;
  std::optional<double> vouched_contribution;  ///< empty without a verified list
};

struct Scores {
  std::vector<Card> cards;        ///< by raw descending, then account
  std::vector<LedgerRow> ledger;  ///< by account, then actor
  Dropped dropped;
  std::size_t kept = 0;  ///< rows = kept + all of dropped
};

Scores slow_score(const World& world);

/// f: fading of an act, 1 at age 0, exactly 0 at the window's edge.
double fading(double age_days, double half_life_days, const Constants& constants);

/// P: points of an amount of attention, 1..100.
double points(double attention, const Constants& constants);

}  // namespace renown::twin
