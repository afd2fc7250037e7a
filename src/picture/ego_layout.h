/// Where the people around one person stand in a picture.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

namespace renown::picture {

enum class Direction : std::uint8_t {
  in,   ///< engages with the person: on the left
  out,  ///< the person engages with them: on the right
  both  ///< above and below
};

struct EgoNode {
  std::string label;  ///< may be empty: somebody who is here by a pseudonym
  double weight = 1;  ///< of the engagement, > 0
  Direction direction = Direction::in;
};

inline constexpr std::size_t kMostEgoNodes = 60;
inline constexpr double kEgoWidth = 880;
inline constexpr double kEgoHeight = 600;

inline bool has_direction(const std::vector<EgoNode>& nodes, Direction direction) {
  return std::ranges::find(nodes, direction, &EgoNode::direction) != nodes.end();
}

struct EgoPlace {
  std::size_t node = 0;       ///< index in the nodes that were given
  double x = 0, y = 0;        ///< from the centre, -1 to 1 of half the width and height; y grows downwards
  double radius = 0;          ///< pixels
  std::string label;          ///< as much of it as is shown; empty where there is none, or no room
  bool label_before = false;  ///< on the left of its node; else on the right
};

/// The heaviest 60 nodes around a centre: the more weight, the nearer. No two nodes or labels overlap, none leaves the
/// picture; where there is no room a label goes first, which dense sides with long names alone come to. The same nodes
/// in the same order give the same places; equal weights keep their order.
///
/// cost  some ms for 60 nodes
std::vector<EgoPlace> ego_layout(const std::vector<EgoNode>& nodes);

}  // namespace renown::picture
