/// The score dial: number, interval and percentile on a scale from 1 to 100.
#pragma once

#include <string>

#include "picture/score_view.h"
#include "picture/svg.h"

namespace renown::picture {

inline constexpr double kDialWidth = 280;
inline constexpr double kDialHeight = 264;

/// 280 x 264 pixels on the page's own ground. Without a score the scale is dashed and words take the number's place.
std::string dial(const ScoreView& view, const ScoreWords& words = {});

/// The same as a part of another picture.
///
/// centre  of the scale
/// scale   1: the radius is 104 pixels and the number 64
void draw_dial(Svg& svg, Point centre, double scale, const ScoreView& view, const ScoreWords& words);

}  // namespace renown::picture
