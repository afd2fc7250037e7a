#include "picture/dial.h"

#include <algorithm>

namespace renown::picture {
namespace {

// At scale 1. The scale runs clockwise, open at the bottom, where the words stand.
constexpr double kRadius = 104;
constexpr double kThickness = 14;
constexpr double kBandRadius = 119;  ///< the interval runs outside, so that it hides nothing of the score
constexpr double kBandThickness = 5;
constexpr double kBegin = -120;   ///< of 1 point, in degrees from 12 o'clock
constexpr double kEnd = 120;      ///< of 100
constexpr double kLeastBand = 2;  ///< degrees: a narrow interval is still seen

double angle_of(double points) {
  return kBegin + (std::clamp(points, 1.0, 100.0) - 1) / 99 * (kEnd - kBegin);
}

/// Draws at a scale around a centre, so that what follows reads in the dial's own measures.
struct Place {
  Svg& svg;
  Point centre;
  double scale;

  void arc(double radius, double begin, double end, Stroke stroke) const {
    stroke.width *= scale;
    stroke.dash *= scale;
    svg.arc(centre, radius * scale, begin, end, stroke);
  }
  void text(double x, double y, std::string_view content, TextStyle style, double most_width) const {
    style.size *= scale;
    svg.text({centre.x + x * scale, centre.y + y * scale}, content, style, most_width * scale);
  }
  void line(double y, std::string_view content, double size, Role role, Weight weight, double most_width) const {
    text(0, y, content, {.size = size, .weight = weight, .anchor = Anchor::middle, .role = role}, most_width);
  }
};

void draw_ends(const Place& place) {
  for (const auto& [angle, label] : {std::pair{kBegin, "1"}, std::pair{kEnd, "100"}}) {
    const Point at = on_circle({0, 0}, kRadius, angle);
    place.text(at.x, at.y + 22, label, {.size = 11, .anchor = Anchor::middle, .role = Role::muted}, 0);
  }
}

void draw_score(const Place& place, const ScoreView& view, const ScoreWords& words) {
  const double score = angle_of(view.score);
  const double middle = (angle_of(view.low) + angle_of(view.high)) / 2;
  const double half = std::max(angle_of(view.high) - angle_of(view.low), kLeastBand) / 2;
  place.arc(kRadius, kBegin, kEnd, {.role = Role::track, .width = kThickness, .round = true});
  place.arc(kRadius, kBegin, std::max(score, kBegin + 0.5), {.role = Role::teal, .width = kThickness, .round = true});
  place.arc(kBandRadius, std::max(middle - half, kBegin), std::min(middle + half, kEnd),
            {.role = Role::amber, .width = kBandThickness, .round = true});
  const Point tip = on_circle(place.centre, kRadius * place.scale, score);
  place.svg.ring(tip, 4 * place.scale, Role::ground, {.role = Role::ground, .width = 0.5});
  place.line(16, whole_points(view.score), 64, Role::ink, Weight::bold, 0);
  place.line(40, words.of_hundred, 13, Role::muted, Weight::regular, 150);
  place.line(92, filled(words.between, {whole_points(view.low), whole_points(view.high)}), 13, Role::amber,
             Weight::bold, 250);
  if (view.percentile)
    place.line(113, filled(words.above, {whole_points(*view.percentile)}), 13, Role::muted, Weight::regular, 250);
}

void draw_words(const Place& place, std::string_view first, std::string_view second) {
  place.arc(kRadius, kBegin, kEnd, {.role = Role::track, .width = kThickness, .dash = 3});
  constexpr double kRoom = 184;
  const bool fits = text_width(first, 20, Weight::bold) <= kRoom;
  place.line(2, first, fits ? 20 : 16, Role::ink, Weight::bold, kRoom);
  place.line(26, second, 13, Role::muted, Weight::regular, 176);
}

}  // namespace

void draw_dial(Svg& svg, Point centre, double scale, const ScoreView& view, const ScoreWords& words) {
  const Place place{svg, centre, scale};
  switch (view.state) {
    case ScoreState::scored:
      draw_score(place, view, words);
      break;
    case ScoreState::not_enough_data:
      draw_words(place, words.not_enough,
                 view.missing > 0 ? filled(words.missing, {std::to_string(view.missing)}) : words.missing_unknown);
      break;
    case ScoreState::unscored:
      draw_words(place, words.unscored, words.never_low);
      break;
  }
  draw_ends(place);
}

std::string dial(const ScoreView& view, const ScoreWords& words) {
  Svg svg(kDialWidth, kDialHeight, words.score, sentence(view, words));
  draw_dial(svg, {kDialWidth / 2, 136}, 1, view, words);
  return svg.finish();
}

}  // namespace renown::picture
