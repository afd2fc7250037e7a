#include "picture/palette.h"

#include <algorithm>
#include <cmath>
#include <string>

#include <gtest/gtest.h>

namespace renown::picture {
namespace {

double linear(std::string_view colour, std::size_t at) {
  const double value = static_cast<double>(std::stoi(std::string(colour.substr(at, 2)), nullptr, 16)) / 255;
  return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
}

/// Relative luminance, as WCAG 2.2 defines it.
double luminance(std::string_view colour) {
  return 0.2126 * linear(colour, 1) + 0.7152 * linear(colour, 3) + 0.0722 * linear(colour, 5);
}

double contrast(std::string_view one, std::string_view other) {
  const auto [low, high] = std::minmax({luminance(one), luminance(other)});
  return (high + 0.05) / (low + 0.05);
}

TEST(Palette, contrast_of_black_and_white_is_twenty_one) {
  EXPECT_NEAR(contrast("#000000", "#ffffff"), 21, 1e-9);
}

struct Pair {
  Role front, back;
  double least;
};

constexpr Pair kPairs[] = {
    {Role::ink, Role::ground, 7},     {Role::muted, Role::ground, 4.5},         {Role::teal, Role::ground, 4.5},
    {Role::amber, Role::ground, 4.5}, {Role::plate_ink, Role::plate, 4.5},      {Role::teal, Role::track, 3},
    {Role::amber, Role::track, 3},    {Role::plate_ink, Role::plate_teal, 4.5},
};

TEST(Palette, is_readable_in_both_themes) {
  for (const auto& [front, back, least] : kPairs) {
    EXPECT_GE(contrast(colour(front).light, colour(back).light), least) << colour(front).name << ", light";
    EXPECT_GE(contrast(colour(front).dark, colour(back).dark), least) << colour(front).name << ", dark";
  }
}

}  // namespace
}  // namespace renown::picture
