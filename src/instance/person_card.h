/// PersonCard: one person's card in one published run.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "renown/score_card.h"

namespace renown::instance {

/// A person as the people registry numbers them. Never used again for somebody else.
using PersonId = std::int64_t;

struct PersonCard {
  PersonId person = 0;
  ScoreCard card;
};

/// What a run of this instance was, published as a fact.
struct PublishedRun {
  std::int64_t number = 0;  ///< from 1, rising
  std::int64_t as_of = 0;   ///< unix seconds
  std::string model;
  bool is_protected = false;
  double observed_verified_share = 0.0;
  std::int64_t published = 0;  ///< unix seconds
  std::uint64_t rows = 0;      ///< of the log
  std::uint64_t people = 0;    ///< with a card
  std::uint64_t scored = 0;    ///< of them, above the coverage floor
  double seconds = 0.0;        ///< that the run took
};

/// One person's published point of a day.
struct HistoryPoint {
  std::int64_t as_of = 0;  ///< unix seconds
  std::string model;
  std::optional<double> score, low, high;  ///< points; empty: there was not enough data
};

}  // namespace renown::instance
