/// PNG from SVG, for sites that show no other pictures.
#pragma once

#include <string>
#include <string_view>

#include "renown/result.h"

namespace renown::picture {

/// Draws one of our own pictures in its light colours, with the fonts of this machine; by librsvg and cairo. Not for
/// SVG of strangers. Nothing is loaded from anywhere. Thread-safe. Cost: some 30 ms for a card of 1200 x 630, with its
/// 3 MB of pixels; the first one of a process also reads the system's list of fonts, which can take a second.
///
/// width, height  pixels, 1 to 4096; the picture is scaled to fill them
/// errors         bad_input where it is no SVG or the size is none; internal
Result<std::string> png_of(std::string_view svg, int width, int height);

}  // namespace renown::picture
