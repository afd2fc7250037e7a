/// World: an invented log of any size, made from a seed (docs/scoring/steadiness.md uses it, `renown generate` writes
/// it).
///
/// Every row is a function of (options, number of the row): any slice can be made alone, by any thread, and is the
/// same. Rows are in order of time, but for faults. Nothing is kept of the rows, so memory does not grow with their
/// number.
///
/// What is fitted, on the Higgs week unless said otherwise (tests/generate measures it again): how unequally people
/// receive and send, kinds, repeats, answers, time between two acts of one actor, hours of the day; the delay from post
/// to reaction on Klout's published sample of Twitter reactions. Chosen without a measurement: the share of likes, the
/// number and size of shocks, the sizes of communities, that what people receive and what they send is unrelated, and
/// all about crowds and faults.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "renown/result.h"

#include "generate/crowds.h"
#include "generate/everyday.h"
#include "generate/faults.h"
#include "generate/interleaving.h"
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
  CrowdCounts crowds = {};  ///< planted beside the people; what they do is among the rows, at most half of them
  double dirty = 0.0;       ///< share of the rows with a fault, and of the people who change their handle: 0 ... 0.5
};

class World {
 public:
  /// The network of every row.
  static constexpr std::string_view kNetwork = "invented";

  /// Memory: 28 bytes for each ten minutes, 60 bytes for each 3,000 people; with crowds 16 more for each ten minutes
  /// and 40 for each time that one of them does something.
  /// errors  usage, naming what is out of bounds
  static Result<World> create(const WorldOptions& options);

  const WorldOptions& options() const { return options_; }
  const Crowds& crowds() const { return crowds_; }

  /// What happens in a row, row < options().rows, were it not for faults.
  Act act(std::uint64_t row) const;
  /// The same of rows first ... first + acts.size() - 1, much quicker if there are hundreds.
  void acts(std::uint64_t first, std::span<Act> acts) const;

  /// Appends rows begin ... end - 1 to the block, whatever its size. `tags` are empty, and `id` is where there are no
  /// faults.
  void append(std::uint64_t begin, std::uint64_t end, model::InteractionBlock& block) const;

  /// "u417": the account of a person, who may be of a crowd. The number says nothing about the person.
  std::string name(PersonNumber person) const;
  /// "v417": that of a person who has gone on under another handle.
  std::string later_name(PersonNumber person) const;
  /// Whether a person does so before the world ends.
  bool is_renamed(PersonNumber person) const;

  std::uint64_t community_of(PersonNumber person) const { return everyday_.communities().community_of(person); }

 private:
  enum class Undo : std::uint8_t { none, by_id, by_post };

  /// A row before it has names.
  struct Entry {
    Act act;            ///< what it is about
    std::int64_t time;  ///< of the row, which for an undo is later
    std::uint64_t id;   ///< the row that was delivered first
    Undo undo = Undo::none;
  };

  World(const WorldOptions& options, Crowds crowds);

  Act without_fault(std::uint64_t row, Act act) const;
  Entry entry(std::uint64_t row, const Act& act) const;
  char initial_of(PersonNumber person, std::int64_t time) const;
  void push(std::span<const Act> acts, model::InteractionBlock& block) const;
  void push(const Entry& entry, model::InteractionBlock& block) const;

  WorldOptions options_;
  Draws draws_;
  Crowds crowds_;
  Everyday everyday_;
  Interleaving interleaving_;
  Faults faults_;
  Shuffle name_numbers_;
};

}  // namespace renown::generate
