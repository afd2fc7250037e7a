/// How wide text will be, without a font at hand.
#pragma once

#include <string>
#include <string_view>

namespace renown::picture {

enum class Weight { regular, bold };

/// Estimated width in pixels of valid UTF-8 in a sans-serif font. ASCII is taken letter by letter from Noto Sans; other
/// writing by columns, on the wide side. Fonts of systems differ from it by up to a tenth.
double text_width(std::string_view text, double size, Weight weight = Weight::regular);

/// `text` as it may be drawn: printable (base::printable), and shortened by an ellipsis to `most_width` pixels.
std::string fitted(std::string_view text, double most_width, double size, Weight weight = Weight::regular);

}  // namespace renown::picture
