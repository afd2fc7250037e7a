/// Measures that the places of an ego graph and its picture share, in pixels. For the sources of this folder only.
#pragma once

namespace renown::picture {

inline constexpr double kEgoTextSize = 13;
inline constexpr double kEgoLabelGap = 4;  ///< between a node and its label
inline constexpr double kEgoCentreRadius = 18;

}  // namespace renown::picture
