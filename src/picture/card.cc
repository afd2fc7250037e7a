#include "picture/card.h"

#include <algorithm>

#include "picture/dial.h"
#include "picture/svg.h"

namespace renown::picture {
namespace {

constexpr double kLeft = 88;
constexpr double kTextWidth = 520;
constexpr std::size_t kMostAccounts = 3;

/// A short arc over a point: the dial, small.
void draw_mark(Svg& svg, Point centre) {
  svg.arc(centre, 15, -120, 120, {.role = Role::track, .width = 6, .round = true});
  svg.arc(centre, 15, -120, 40, {.role = Role::teal, .width = 6, .round = true});
  svg.circle(centre, 4, Role::amber);
}

void draw_name(Svg& svg, const CardView& view) {
  const bool fits = text_width(view.name, 64, Weight::bold) <= kTextWidth;
  svg.text({kLeft, 280}, view.name, {.size = fits ? 64.0 : 40.0, .weight = Weight::bold}, kTextWidth);
  double y = 336;
  for (std::size_t i = 0; i < std::min(view.accounts.size(), kMostAccounts); ++i, y += 40)
    svg.text({kLeft, y}, view.accounts[i], {.size = 28, .role = Role::muted}, kTextWidth);
}

void draw_origin(Svg& svg, const CardView& view, const ScoreWords& words) {
  std::string line = view.host;
  const auto add = [&line](const std::string& part) {
    if (!line.empty()) line += " \xc2\xb7 ";
    line += part;
  };
  if (view.score.state == ScoreState::scored) {
    if (!view.score.as_of.empty()) add(filled(words.as_of, {view.score.as_of}));
    if (!view.score.model.empty()) add(view.score.model);
  }
  svg.text({kLeft, 562}, line, {.size = 20, .role = Role::muted}, 2 * kTextWidth);
}

}  // namespace

std::string open_graph_card(const CardView& view, const ScoreWords& words) {
  ScoreView score = view.score.state == ScoreState::scored ? view.score : ScoreView{};
  Svg svg(kCardWidth, kCardHeight, view.name + ": " + words.score, sentence(score, words));
  svg.rect({0, 0}, kCardWidth, kCardHeight, 0, Role::ground);
  svg.rect({0, 0}, 16, kCardHeight, 0, Role::teal);
  draw_mark(svg, {kLeft + 18, 100});
  svg.text({kLeft + 52, 108}, "Renown", {.size = 28, .weight = Weight::bold, .role = Role::teal});
  draw_name(svg, view);
  draw_origin(svg, view, words);
  draw_dial(svg, {890, 322}, 2, score, words);
  return svg.finish();
}

}  // namespace renown::picture
