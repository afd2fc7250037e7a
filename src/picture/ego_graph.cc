#include "picture/ego_graph.h"

#include <algorithm>

#include "picture/ego_style.h"
#include "picture/score_view.h"
#include "picture/svg.h"

namespace renown::picture {
namespace {

constexpr double kLegendHeight = 40;
constexpr Point kCentre{kEgoWidth / 2, kEgoHeight / 2};

Point position(const EgoPlace& place) {
  return {kCentre.x + place.x * kEgoWidth / 2, kCentre.y + place.y * kEgoHeight / 2};
}

void draw_node(Svg& svg, Point at, double radius, Direction direction) {
  switch (direction) {
    case Direction::in:
      svg.circle(at, radius, Role::teal);
      break;
    case Direction::out:
      svg.rect({at.x - radius * 0.9, at.y - radius * 0.9}, radius * 1.8, radius * 1.8, 2, Role::amber);
      break;
    case Direction::both:
      svg.ring(at, radius - 1, Role::teal, {.role = Role::amber, .width = 2.5});
      break;
  }
}

void draw_edges(Svg& svg, const std::vector<EgoNode>& nodes, const std::vector<EgoPlace>& places) {
  for (const EgoPlace& place : places) {
    const Role role = nodes[place.node].direction == Direction::out ? Role::amber : Role::teal;
    svg.line(kCentre, position(place), {.role = role, .width = place.radius / 4, .round = true, .opacity = 0.28});
  }
}

void draw_people(Svg& svg, const std::vector<EgoNode>& nodes, const std::vector<EgoPlace>& places) {
  for (const EgoPlace& place : places) draw_node(svg, position(place), place.radius, nodes[place.node].direction);
  for (const EgoPlace& place : places) {
    if (place.label.empty()) continue;
    const Point at = position(place);
    const double away = place.radius + kEgoLabelGap;
    svg.text({place.label_before ? at.x - away : at.x + away, at.y + 4.5}, place.label,
             {.size = kEgoTextSize, .anchor = place.label_before ? Anchor::end : Anchor::start, .halo = true});
  }
}

void draw_centre(Svg& svg, std::string_view name) {
  svg.ring(kCentre, kEgoCentreRadius, Role::ground, {.role = Role::teal, .width = 4});
  svg.circle(kCentre, 6, Role::amber);
  svg.text({kCentre.x, kCentre.y + kEgoCentreRadius + 16}, name,
           {.size = 13, .weight = Weight::bold, .anchor = Anchor::middle, .halo = true}, 160);
}

void draw_legend(Svg& svg, const std::vector<EgoNode>& nodes, const std::string& in, const std::string& out,
                 const std::string& both) {
  double x = 16;
  const double y = kEgoHeight + kLegendHeight / 2;
  const std::pair<Direction, const std::string&> lines[] = {
      {Direction::in, in}, {Direction::out, out}, {Direction::both, both}};
  for (const auto& [direction, words] : lines) {
    if (!has_direction(nodes, direction)) continue;
    draw_node(svg, {x, y}, 6, direction);
    svg.text({x + 14, y + 4.5}, words, {.size = 13, .role = Role::muted}, 240);
    x += 14 + std::min(text_width(words, 13), 240.0) + 32;
  }
}

/// "engages with Hazel: Iris, Noor; Hazel engages with them: Max"
std::string described(const std::vector<EgoNode>& nodes, const std::vector<EgoPlace>& places, Direction direction,
                      const std::string& words) {
  std::string names;
  for (const EgoPlace& place : places) {
    const EgoNode& node = nodes[place.node];
    if (node.direction != direction || node.label.empty()) continue;
    names += (names.empty() ? "" : ", ") + node.label;
  }
  return names.empty() ? "" : words + ": " + names + ". ";
}

}  // namespace

std::string ego_graph(std::string_view centre, const std::vector<EgoNode>& nodes, const EgoWords& words) {
  const auto places = ego_layout(nodes);
  const std::string name = fitted(centre, 160, 13);
  const std::string in = filled(words.in, {name}), out = filled(words.out, {name});
  std::string description = described(nodes, places, Direction::in, in) +
                            described(nodes, places, Direction::out, out) +
                            described(nodes, places, Direction::both, words.both);
  if (description.empty()) description = places.empty() ? words.nobody : std::to_string(places.size());

  Svg svg(kEgoWidth, kEgoHeight + kLegendHeight, filled(words.title, {name}), description);
  draw_edges(svg, nodes, places);
  draw_people(svg, nodes, places);
  draw_centre(svg, name);
  if (places.empty())
    svg.text({kCentre.x, kCentre.y + 64}, words.nobody, {.size = 20, .anchor = Anchor::middle, .role = Role::muted},
             400);
  draw_legend(svg, nodes, in, out, words.both);
  return svg.finish();
}

}  // namespace renown::picture
