#include "picture/badge.h"

#include <algorithm>

#include <fmt/format.h>

#include "io/json_escape.h"
#include "picture/svg.h"

namespace renown::picture {
namespace {

constexpr double kHeight = 20;
constexpr double kSize = 11;
constexpr double kRoom = 7;  ///< left and right of a text
constexpr double kMostLabel = 240;
constexpr double kBaseline = 14;
constexpr double kCorner = 4;

/// "42 (38-45)" with an en dash; others never learn why there is none.
std::string message_of(const ScoreView& view, const ScoreWords& words) {
  if (view.state != ScoreState::scored) return words.unscored;
  return fmt::format("{} ({}\xe2\x80\x93{})", whole_points(view.score), whole_points(view.low),
                     whole_points(view.high));
}

/// What is said of somebody who is not scored is said of everybody alike.
ScoreView for_others(const ScoreView& view) {
  return view.state == ScoreState::scored ? view : ScoreView{};
}

}  // namespace

std::string badge(const ScoreView& view, std::string_view label, const ScoreWords& words) {
  const std::string left = fitted(label, kMostLabel, kSize);
  const std::string right = message_of(view, words);
  const double left_text = text_width(left, kSize);
  const double right_text = text_width(right, kSize, Weight::bold);
  const double split = left_text + 2 * kRoom;
  const double width = split + right_text + 2 * kRoom;

  Svg svg(width, kHeight, left + ": " + right, sentence(for_others(view), words));
  const bool scored = view.state == ScoreState::scored;
  // One rounded plate, and the right half laid over it with square corners on its left.
  svg.rect({0, 0}, width, kHeight, kCorner, Role::plate);
  if (scored) {
    svg.rect({split, 0}, width - split, kHeight, kCorner, Role::plate_teal);
    svg.rect({split, 0}, kCorner, kHeight, 0, Role::plate_teal);
  } else {
    svg.line({split, 4}, {split, kHeight - 4}, {.role = Role::plate_ink, .opacity = 0.4});
  }
  svg.text({kRoom, kBaseline}, left, {.size = kSize, .role = Role::plate_ink, .exact_width = left_text});
  svg.text({split + kRoom, kBaseline}, right,
           {.size = kSize, .weight = Weight::bold, .role = Role::plate_ink, .exact_width = right_text});
  return svg.finish();
}

std::string shields_endpoint(const ScoreView& view, std::string_view label, const ScoreWords& words) {
  const Role role = view.state == ScoreState::scored ? Role::teal : Role::muted;
  return fmt::format(R"({{"schemaVersion":1,"label":{},"message":{},"color":"{}"}})", io::json_string(label),
                     io::json_string(message_of(view, words)), colour(role).light.substr(1));
}

}  // namespace renown::picture
