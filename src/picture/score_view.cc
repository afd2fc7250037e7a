#include "picture/score_view.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace renown::picture {

std::string whole_points(double points) {
  return fmt::format("{}", std::lround(std::clamp(points, 0.0, 100.0)));
}

std::string filled(const std::string& pattern, std::initializer_list<std::string> values) {
  std::string text;
  std::size_t from = 0;
  for (const std::string& value : values) {
    const std::size_t at = pattern.find("{}", from);
    if (at == std::string::npos) break;
    text.append(pattern, from, at - from).append(value);
    from = at + 2;
  }
  return text.append(pattern, from);
}

std::string sentence(const ScoreView& view, const ScoreWords& words) {
  std::string text;
  switch (view.state) {
    case ScoreState::unscored:
      return words.unscored + ", " + words.never_low + ".";
    case ScoreState::not_enough_data:
      return words.not_enough + ": " +
             (view.missing > 0 ? filled(words.missing, {std::to_string(view.missing)}) : words.missing_unknown) + ".";
    case ScoreState::scored:
      text = words.score + " " + whole_points(view.score) + " " + words.of_hundred + ", " +
             filled(words.between, {whole_points(view.low), whole_points(view.high)});
  }
  if (view.percentile) text += ", " + filled(words.above, {whole_points(*view.percentile)});
  if (!view.as_of.empty()) text += ", " + filled(words.as_of, {view.as_of});
  return text + ".";
}

}  // namespace renown::picture
