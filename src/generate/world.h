/// World: an invented log of any size, made from a seed (docs/scoring/steadiness.md uses it, `renown generate` writes
/// it).
///
/// Every row is a function of (options, number of the row): any slice can be made alone, by any thread, and is the
/// same. Rows are in order of time. Nothing is kept of the rows, so memory does not grow with their number.
///
/// What is fitted, on the Higgs week unless said otherwise (tests/generate measures it again): how unequally people
/// receive and send, kinds, repeats, answers, time between two acts of one actor, hours of the day; the delay from post
/// to reaction on Klout's published sample of Twitter reactions. Chosen without a measurement: the share of likes, the
/// number and size of shocks, the sizes of communities, and that what people receive and what they send is unrelated.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "renown/result.h"

#include "generate/everyday.h"
#include "generate/shuffle.h"
#include "model/interaction_block.h"

namespace renown::generate {

struct WorldOptions {
  std::uint64_t people = 0;  ///< 2 ... 2^32 - 1; who never acts nor is engaged with does not show
  std::uint64_t days = 0;    ///< 1 ... 36,500
  std::uint64_t rows = 0;    ///< 1 ... 10^12
  std::uint64_t seed = 1;
  std::int64_t start = 0;   ///< unix seconds; the world ends `days` later, before the year 10000
  bool stationary = false;  ///< constant rates: no shocks, no hours of the day
};

class World {
 public:
  /// The network of every row.
  static constexpr std::string_view kNetwork = "invented";

  /// Memory: 28 bytes for each ten minutes, 60 bytes for each 3,000 people.
  /// errors  usage, naming what is out of bounds
  static Result<World> create(const WorldOptions& options);

  const WorldOptions& options() const { return options_; }

  /// What happens in a row, row < options().rows.
  Act act(std::uint64_t row) const { return everyday_.act(row); }

  /// Appends rows begin ... end - 1 to the block, whatever its size: `id` and `tags` are empty.
  void append(std::uint64_t begin, std::uint64_t end, model::InteractionBlock& block) const;

  /// "u417": the account of a person. The number says nothing about the person.
  std::string name(PersonNumber person) const;

  std::uint64_t community_of(PersonNumber person) const { return everyday_.communities().community_of(person); }

 private:
  explicit World(const WorldOptions& options);

  void push(const Act& act, model::InteractionBlock& block) const;

  WorldOptions options_;
  Draws draws_;
  Everyday everyday_;
  Shuffle name_numbers_;
};

}  // namespace renown::generate
