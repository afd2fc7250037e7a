/// Prints the figures of docs/generate.md for a world of seven days, and what making its rows takes by one core.
///
///   measure_generate EVENTS [SEED]

#include <chrono>
#include <cstdint>
#include <string>

#include <fmt/format.h>

#include "generate/statistics.h"
#include "model/interaction_block.h"

namespace {

using namespace renown;  // NOLINT: a program of its own

/// Nanoseconds a row, rows into blocks.
double nanoseconds(const generate::World& world) {
  model::InteractionBlock block;
  const std::uint64_t rows = world.options().rows;
  const auto begin = std::chrono::steady_clock::now();
  for (std::uint64_t row = 0; row < rows; row += model::InteractionBlock::kRows) {
    block.clear();
    world.append(row, std::min(rows, row + model::InteractionBlock::kRows), block);
  }
  const std::chrono::duration<double, std::nano> taken = std::chrono::steady_clock::now() - begin;
  return taken.count() / static_cast<double>(rows);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    fmt::print(stderr, "measure_generate EVENTS [SEED]\n");
    return 2;
  }
  const std::uint64_t rows = std::stoull(argv[1]);
  const auto world = generate::World::create(
      {.people = rows, .days = 7, .rows = rows, .seed = argc > 2 ? std::stoull(argv[2]) : 11, .start = 1'704'067'200});
  if (!world) {
    fmt::print(stderr, "{}\n", world.error().message);
    return 1;
  }
  fmt::print("{:.0f} ns a row into blocks\n", nanoseconds(*world));
  for (const auto& figure : generate::measure(*world))
    fmt::print("{:<40}{:>8.3f}{:>9.4f} +- {}\n", figure.name, figure.wanted, figure.measured, figure.tolerance);
  return 0;
}
