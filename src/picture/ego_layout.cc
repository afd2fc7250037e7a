#include "picture/ego_layout.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <optional>

#include "picture/ego_style.h"
#include "picture/svg.h"

// Nodes are placed one by one, the heaviest first. Each has a distance that its weight asks for and a sector that its
// direction asks for; it takes the first place there that nobody has, going outwards, then inwards.
namespace renown::picture {
namespace {

constexpr double kNearest = 0.30;  ///< of the way to the rim: room for the person in the middle
constexpr double kFarthest = 0.97;
constexpr double kRingStep = 0.035;
constexpr int kAngles = 48;  ///< places tried on each ring of a sector
constexpr double kGap = 3;   ///< pixels between any two things
constexpr double kMostLabel = 104;

struct Box {
  double left, top, right, bottom;

  bool overlaps(const Box& other) const {
    return left < other.right + kGap && other.left < right + kGap && top < other.bottom + kGap &&
           other.top < bottom + kGap;
  }
  bool is_inside() const {
    return left >= -kEgoWidth / 2 + kGap && right <= kEgoWidth / 2 - kGap && top >= -kEgoHeight / 2 + kGap &&
           bottom <= kEgoHeight / 2 - kGap;
  }
};

Box box_of_node(Point at, double radius) {
  return {at.x - radius, at.y - radius, at.x + radius, at.y + radius};
}

Box box_of_label(Point at, double radius, double width, bool before) {
  const double half = kEgoTextSize * 0.65;
  const double begin = before ? at.x - radius - kEgoLabelGap - width : at.x + radius + kEgoLabelGap;
  return {begin, at.y - half, begin + width, at.y + half};
}

/// Where in its sector the n-th of a direction would stand, in [0, 1): the golden ratio leaves gaps that are alike,
/// however many there will be.
double preferred_fraction(unsigned n) {
  return std::fmod(0.5 + 0.6180339887498949 * n, 1);
}

/// The i-th fraction to try: the preferred one, then to both sides of it.
double tried_fraction(double preferred, int i) {
  const double step = static_cast<double>((i + 1) / 2) / kAngles;
  return std::fmod(preferred + (i % 2 == 0 ? step : 1 - step), 1);
}

/// Labels lead away from the middle.
bool is_before(Point at) {
  return at.x < 0;
}

struct Sector {
  double middle, half;  ///< degrees clockwise from 12 o'clock
  double preferred = 0.5;
};

/// A direction that has the picture for itself has all of it.
///
/// n  how many of its direction have a place
Sector sector_of(Direction direction, const std::vector<EgoNode>& nodes, unsigned n) {
  const bool in = has_direction(nodes, Direction::in), out = has_direction(nodes, Direction::out);
  const bool both = has_direction(nodes, Direction::both);
  if (in + out + both == 1) return {270, 180, preferred_fraction(n)};
  if (direction == Direction::both) return {n % 2 == 0 ? 0.0 : 180.0, 24, preferred_fraction(n / 2)};
  return {direction == Direction::in ? 270.0 : 90.0, both ? 64.0 : 86.0, preferred_fraction(n)};
}

class Placer {
 public:
  Placer() { taken_.push_back(box_of_node({0, 0}, kEgoCentreRadius + 14)); }

  std::optional<Point> place(const Sector& sector, double wanted, double radius, double label_width) {
    for (double ring = wanted; ring <= kFarthest; ring += kRingStep)
      if (const auto found = place_on_ring(sector, ring, radius, label_width)) return found;
    for (double ring = wanted - kRingStep; ring >= kNearest; ring -= kRingStep)
      if (const auto found = place_on_ring(sector, ring, radius, label_width)) return found;
    return std::nullopt;
  }

 private:
  std::optional<Point> place_on_ring(const Sector& sector, double ring, double radius, double label_width) {
    for (int i = 0; i < kAngles; ++i) {
      const double angle = sector.middle + (2 * tried_fraction(sector.preferred, i) - 1) * sector.half;
      const Point unit = on_circle({0, 0}, ring, angle);
      const Point at{unit.x * kEgoWidth / 2, unit.y * kEgoHeight / 2};
      if (take(at, radius, label_width)) return at;
    }
    return std::nullopt;
  }

  bool take(Point at, double radius, double label_width) {
    const Box node = box_of_node(at, radius);
    const Box label = label_width > 0 ? box_of_label(at, radius, label_width, is_before(at)) : node;
    if (!node.is_inside() || !label.is_inside()) return false;
    for (const Box& other : taken_)
      if (node.overlaps(other) || label.overlaps(other)) return false;
    taken_.push_back(node);
    taken_.push_back(label);
    return true;
  }

  std::vector<Box> taken_;
};

/// Indices of the heaviest nodes, heaviest first.
std::vector<std::size_t> heaviest(const std::vector<EgoNode>& nodes) {
  std::vector<std::size_t> order(nodes.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, std::greater<>(), [&nodes](std::size_t i) { return nodes[i].weight; });
  order.resize(std::min(order.size(), kMostEgoNodes));
  return order;
}

}  // namespace

std::vector<EgoPlace> ego_layout(const std::vector<EgoNode>& nodes) {
  std::vector<EgoPlace> places;
  const auto order = heaviest(nodes);
  if (order.empty()) return places;
  const double most = std::max(nodes[order[0]].weight, 1e-300);
  Placer placer;
  std::array<unsigned, 3> placed{};  // by direction
  for (const std::size_t index : order) {
    const EgoNode& node = nodes[index];
    const double share = std::sqrt(std::clamp(node.weight / most, 0.0, 1.0));
    const Sector sector = sector_of(node.direction, nodes, placed[static_cast<std::size_t>(node.direction)]++);
    const double wanted = kFarthest - (kFarthest - kNearest - 0.05) * share;
    EgoPlace place{.node = index, .radius = 4 + 8 * share, .label = fitted(node.label, kMostLabel, kEgoTextSize)};
    auto at = placer.place(sector, wanted, place.radius, text_width(place.label, kEgoTextSize));
    if (!at) {
      place.label.clear();
      at = placer.place(sector, wanted, place.radius, 0);
    }
    if (!at) continue;  // not with 60 nodes of at most 24 pixels; the list beside the picture has everybody
    place.x = at->x / (kEgoWidth / 2);
    place.y = at->y / (kEgoHeight / 2);
    place.label_before = is_before(*at);
    places.push_back(std::move(place));
  }
  return places;
}

}  // namespace renown::picture
