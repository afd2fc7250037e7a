/// Prints the figures of docs/scoring/steadiness.md: those of one stationary world, or of one burst night by night.
///
///   measure_steadiness world PEOPLE ROWS_A_PERSON DAYS VERIFIED_SHARE [MODEL [SLOW_HALF_LIFE_DAYS]]
///   measure_steadiness burst PEOPLE [verified]

#include <algorithm>
#include <cstdlib>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "steadiness/stationary.h"

namespace {

using namespace renown;  // NOLINT: a program of its own

void print(std::string_view name, const evaluate::MoveSizes& sizes) {
  fmt::print("{:<24}{:>12}{:>9.3f}{:>9.2f}{:>9.2f}\n", name, sizes.person_days, sizes.mean, sizes.p99, sizes.largest);
}

int measure_world(int argc, char** argv) {
  const steadiness::StationaryWorld world{
      .people = std::stoull(argv[2]), .rows_a_person = std::stod(argv[3]), .days = std::stoull(argv[4])};
  pipeline::ScoreRequest request;
  if (argc > 6) request.model = argv[6];
  if (argc > 7) request.half_life_days = std::stod(argv[7]);
  const auto model = pipeline::load_model(request);
  if (!model) {
    fmt::print(stderr, "{}\n", model.error().message);
    return 1;
  }
  const auto moves = steadiness::moves_in(world, *model, std::stod(argv[5]), 2);
  fmt::print("{} people, {} rows a person in 180 days, verified {}, {}\n", world.people, argv[3], argv[5], model->name);
  fmt::print("{:<24}{:>12}{:>9}{:>9}{:>9}\n", "", "person-days", "mean", "p99", "largest");
  print("all", moves.all);
  print("quiet", moves.quiet);
  print("  fresh bursts", moves.fresh_bursts);
  print("leaving bursts", moves.leaving_bursts);
  for (std::size_t i = 0; i < evaluate::kMoveGroups.size(); ++i)
    print(fmt::format("engagers from {}", evaluate::kMoveGroups[i]), moves.by_engagers[i]);
  fmt::print("scores gained {}, lost {}\n\n", moves.scores_gained, moves.scores_lost);
  return 0;
}

int measure_burst(int argc, char** argv) {
  const bool verified = argc > 3;
  const auto scores = steadiness::burst_scores(std::stoull(argv[2]), verified, *pipeline::load_model({}), 2);
  fmt::print("{} people in one hour, {}: {:.2f} points at first\n", argv[2],
             verified ? "a tenth verified" : "unprotected", scores.front());
  double largest = 0.0;
  std::size_t night = 0;
  for (std::size_t i = 1; i + 3 < scores.size(); ++i) {
    if (scores[i - 1] - scores[i] > largest) largest = scores[i - 1] - scores[night = i];
  }
  fmt::print("largest fall before the last three nights: {:.2f}, night {}\n", largest, night);
  for (const std::size_t i : {1, 2, 3, 7, 14, 30, 60, 90, 120, 150, 170, 175, 176, 177, 178, 179, 180})
    fmt::print("night {:>3}: falls by {:.2f} to {:.2f}\n", i, scores[i - 1] - scores[i], scores[i]);
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  const std::string_view what = argc > 1 ? argv[1] : "";
  if (what == "world" && argc >= 6) return measure_world(argc, argv);
  if (what == "burst" && argc >= 3) return measure_burst(argc, argv);
  fmt::print(stderr,
             "measure_steadiness world PEOPLE ROWS_A_PERSON DAYS VERIFIED_SHARE [MODEL [SLOW_HALF_LIFE_DAYS]] | burst "
             "PEOPLE [verified]\n");
  return 2;
}
