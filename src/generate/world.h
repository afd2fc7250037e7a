/// World: an invented log of any size, made from a seed (docs/scoring/steadiness.md uses it, `renown generate` writes
/// it).
///
/// Every row is a function of (options, number of the row): any slice can be made alone, by any thread, and is the
/// same. Rows are in order of time. Nothing is kept of the rows, so memory does not grow with their number.
///
/// What is fitted, on the Higgs week unless said otherwise (world_test.cc measures it again): how unequally people
/// receive and send, kinds, repeats, answers, time between two acts of one actor, hours of the day; the delay from post
/// to reaction on Klout's published sample of Twitter reactions. Chosen without a measurement: the share of likes, the
/// number and size of shocks, the sizes of communities, and that what people receive and what they send is unrelated.
///
/// Where more fits in: crowds with a purpose (farms, pods, bots) are sources of Timetable and a branch of deed(), and
/// have person numbers from `people` on, which is also what a file of the truth would list. Dirt (twins, own acts,
/// undos, late rows) belongs into append(), which alone turns a deed into rows.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "renown/interaction.h"
#include "renown/result.h"

#include "generate/communities.h"
#include "generate/draws.h"
#include "generate/timetable.h"
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

/// One act before it has names.
struct Deed {
  PersonNumber actor = 0;
  PersonNumber target = 0;  ///< never the actor
  Kind kind = Kind::like;
};

/// The numbers 0 ... count - 1 in another order.
class Shuffle {
 public:
  Shuffle(std::uint64_t count, std::uint64_t random);
  std::uint64_t operator()(std::uint64_t number) const { return (number * factor_ + offset_) % count_; }

 private:
  std::uint64_t count_, factor_, offset_;
};

class World {
 public:
  /// The network of every row.
  static constexpr std::string_view kNetwork = "invented";

  /// Memory: 16 bytes for each ten minutes, 48 bytes for each 3,000 people.
  /// errors  usage, naming what is out of bounds
  static Result<World> create(const WorldOptions& options);

  const WorldOptions& options() const { return options_; }

  /// row < options().rows, here and below. About two earlier rows are derived to derive one.
  Deed deed(std::uint64_t row) const;
  std::int64_t time(std::uint64_t row) const;
  /// When the post that a row reacts to was written: rows with the same target and the same such time are on one post.
  std::int64_t post_time(std::uint64_t row) const;

  /// Appends rows begin ... end - 1 to the block, whatever its size: `id` and `tags` are empty.
  void append(std::uint64_t begin, std::uint64_t end, model::InteractionBlock& block) const;

  /// "u417": the account of a person. The number says nothing about the person.
  std::string name(PersonNumber person) const;

  std::uint64_t community_of(PersonNumber person) const { return communities_.community_of(person); }

 private:
  explicit World(const WorldOptions& options);

  Deed deed_at(std::uint64_t row, const Timetable::Moment& moment) const;
  std::int64_t post_time_at(std::uint64_t row, std::int64_t time) const;
  Deed of_shock(std::uint64_t row, std::uint64_t shock) const;
  PersonNumber active_person(std::uint64_t row) const;
  PersonNumber popular_person(std::uint64_t row, std::uint64_t home) const;
  PersonNumber target_for(std::uint64_t row, PersonNumber actor) const;
  Kind kind_of(std::uint64_t row) const;
  std::int64_t row_before(std::uint64_t row, std::int64_t time, double mu, double sigma) const;

  WorldOptions options_;
  Draws draws_;
  Timetable timetable_;
  Communities communities_;
  RankLaw activity_;     ///< ranks by how much a person acts
  Shuffle by_activity_;  ///< from such a rank to a person
  Shuffle name_numbers_;
};

}  // namespace renown::generate
