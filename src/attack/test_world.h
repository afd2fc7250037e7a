/// A small invented log for the tests of this folder.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "attack/world.h"
#include "pipeline/score_log.h"
#include "score/model_file.h"

namespace renown::attack {

inline constexpr std::int64_t kDay = 86'400;
inline constexpr std::int64_t kAsOf = 1'700'000'000;

inline ScoreModel test_model() {
  return *score::parse_model(score::shipped_model(score::kDefaultModel), score::kDefaultModel);
}

inline Interaction act(const std::string& actor, const std::string& target, std::int64_t time, Kind kind = Kind::like) {
  return {.time = time,
          .kind = kind,
          .network = "forum",
          .actor = actor,
          .target = target,
          .post = {},
          .id = {},
          .tags = {}};
}

/// `people` accounts over `days`; the lower the number, the more is engaged with.
inline EventTable small_log(std::size_t people = 300, std::size_t acts = 4'000, std::int64_t days = 60) {
  EventTable rows;
  Draws draws(1, "test", "log");
  const auto name = [](std::uint64_t number) { return "p" + std::to_string(number); };
  for (std::size_t i = 0; i < acts; ++i) {
    const std::uint64_t actor = draws.below(people);
    const auto target =
        static_cast<std::uint64_t>(draws.unit() * draws.unit() * draws.unit() * static_cast<double>(people));
    const auto age = static_cast<std::int64_t>(draws.below(static_cast<std::uint64_t>(days * kDay)));
    const auto kind = static_cast<Kind>(draws.below(kEngagementKinds));
    rows.add(act(name(actor), name(target), kAsOf - 1 - age, kind));
  }
  rows.order_accounts();
  return rows;
}

inline pipeline::LoadedLists every_verified(std::size_t step, std::size_t people = 300) {
  pipeline::LoadedLists lists;
  lists.verified.emplace();
  for (std::size_t i = 0; i < people; i += step) lists.verified->insert({"forum", "p" + std::to_string(i)});
  return lists;
}

inline pipeline::LoadedLists tenth_verified() {
  return every_verified(10);
}

/// A log and its world, which must stay together.
struct TestWorld {
  EventTable rows;
  World world;

  explicit TestWorld(EventTable log, pipeline::LoadedLists lists = tenth_verified())
      : rows(std::move(log)), world(rows, std::move(lists), test_model(), kAsOf, 1) {}
};

/// The small log with a tenth verified, scored once.
inline const World& small_world() {
  static const TestWorld small(small_log());
  return small.world;
}

}  // namespace renown::attack
