#include "picture/ego_layout.h"

#include <cmath>
#include <string>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "picture/ego_style.h"
#include "picture/text_width.h"

namespace renown::picture {
namespace {

struct Box {
  double left, top, right, bottom;
  std::string what;
};

/// What a picture of the places draws, in pixels.
std::vector<Box> drawn(const std::vector<EgoPlace>& places) {
  std::vector<Box> boxes = {{-kEgoCentreRadius, -kEgoCentreRadius, kEgoCentreRadius, kEgoCentreRadius, "the centre"}};
  for (const EgoPlace& place : places) {
    const double x = place.x * kEgoWidth / 2, y = place.y * kEgoHeight / 2;
    boxes.push_back(
        {x - place.radius, y - place.radius, x + place.radius, y + place.radius, fmt::format("node {}", place.node)});
    if (place.label.empty()) continue;
    const double width = text_width(place.label, kEgoTextSize);
    const double left = place.label_before ? x - place.radius - kEgoLabelGap - width : x + place.radius + kEgoLabelGap;
    boxes.push_back({left, y - kEgoTextSize / 2, left + width, y + kEgoTextSize / 2, "label " + place.label});
  }
  return boxes;
}

void expect_nothing_overlaps(const std::vector<EgoPlace>& places) {
  const auto boxes = drawn(places);
  for (std::size_t i = 0; i < boxes.size(); ++i) {
    EXPECT_GE(boxes[i].left, -kEgoWidth / 2) << boxes[i].what;
    EXPECT_LE(boxes[i].right, kEgoWidth / 2) << boxes[i].what;
    EXPECT_GE(boxes[i].top, -kEgoHeight / 2) << boxes[i].what;
    EXPECT_LE(boxes[i].bottom, kEgoHeight / 2) << boxes[i].what;
    for (std::size_t j = 0; j < i; ++j) {
      const bool apart = boxes[i].left >= boxes[j].right || boxes[j].left >= boxes[i].right ||
                         boxes[i].top >= boxes[j].bottom || boxes[j].top >= boxes[i].bottom;
      EXPECT_TRUE(apart) << boxes[i].what << " over " << boxes[j].what;
    }
  }
}

std::vector<EgoNode> nodes(std::size_t count, std::size_t letters, auto&& direction_of) {
  std::vector<EgoNode> all;
  for (std::size_t i = 0; i < count; ++i)
    all.push_back({fmt::format("{:m<{}}", i, letters), 1.0 / static_cast<double>(1 + i % 17), direction_of(i)});
  return all;
}

std::size_t labels(const std::vector<EgoPlace>& places) {
  return static_cast<std::size_t>(
      std::ranges::count_if(places, [](const EgoPlace& one) { return !one.label.empty(); }));
}

constexpr auto kMixed = [](std::size_t i) { return static_cast<Direction>(i % 3); };
constexpr auto kIn = [](std::size_t) { return Direction::in; };

TEST(EgoLayout, of_nobody_is_nothing) {
  EXPECT_TRUE(ego_layout({}).empty());
}

TEST(EgoLayout, of_up_to_sixty_people_has_everybody_and_overlaps_nowhere) {
  for (const std::size_t count : {1, 2, 3, 10, 30, 60}) {
    for (const std::size_t letters : {1, 8, 14, 40}) {
      for (const auto& all : {nodes(count, letters, kMixed), nodes(count, letters, kIn)}) {
        const auto places = ego_layout(all);
        EXPECT_EQ(places.size(), count);
        expect_nothing_overlaps(places);
        EXPECT_GE(labels(places), letters <= 8 ? count : 0) << "short names are all shown";
      }
    }
  }
}

TEST(EgoLayout, of_a_lopsided_crowd_overlaps_nowhere) {
  const auto lopsided = nodes(60, 40, [](std::size_t i) { return i == 0 ? Direction::out : Direction::in; });
  const auto places = ego_layout(lopsided);
  EXPECT_EQ(places.size(), 60U);
  expect_nothing_overlaps(places);
  EXPECT_GE(labels(places), 45U);
}

TEST(EgoLayout, keeps_the_heaviest_sixty) {
  auto all = nodes(100, 4, kMixed);
  for (std::size_t i = 0; i < all.size(); ++i) all[i].weight = static_cast<double>(i);
  const auto places = ego_layout(all);
  EXPECT_EQ(places.size(), kMostEgoNodes);
  for (const EgoPlace& place : places) EXPECT_GE(place.node, 40U);
}

TEST(EgoLayout, puts_in_to_the_left_and_out_to_the_right) {
  for (const EgoPlace& place : ego_layout(nodes(30, 4, [](std::size_t i) { return static_cast<Direction>(i % 2); }))) {
    EXPECT_EQ(place.x < 0, place.node % 2 == 0) << place.node;
    EXPECT_EQ(place.label_before, place.x < 0);
  }
}

TEST(EgoLayout, puts_the_heavier_nearer) {
  const auto places = ego_layout({{"light", 0.01, Direction::in}, {"heavy", 10, Direction::in}});
  ASSERT_EQ(places.size(), 2U);
  EXPECT_EQ(places[0].node, 1U);
  EXPECT_LT(std::hypot(places[0].x, places[0].y), std::hypot(places[1].x, places[1].y));
  EXPECT_GT(places[0].radius, places[1].radius);
}

TEST(EgoLayout, is_the_same_each_time) {
  const auto all = nodes(60, 9, kMixed);
  const auto one = ego_layout(all), other = ego_layout(all);
  ASSERT_EQ(one.size(), other.size());
  for (std::size_t i = 0; i < one.size(); ++i) {
    EXPECT_EQ(one[i].node, other[i].node);
    EXPECT_EQ(one[i].x, other[i].x);
    EXPECT_EQ(one[i].y, other[i].y);
  }
}

TEST(EgoLayout, takes_weights_that_are_none) {
  for (const double weight : {0.0, -1.0, std::nan(""), HUGE_VAL})
    expect_nothing_overlaps(ego_layout({{"a", weight, Direction::in}, {"b", 1, Direction::out}}));
}

}  // namespace
}  // namespace renown::picture
