#include "picture/text_width.h"

#include <array>

#include "base/text.h"
#include "base/utf8.h"

namespace renown::picture {
namespace {

/// Advance of U+0020 to U+007E in thousandths of the size, measured in Noto Sans Regular.
constexpr std::array<short, 95> kAdvance = {
    260, 269, 408, 646, 572, 831, 732, 225, 300, 300, 551, 572, 268, 322, 268, 372, 572, 572, 572,
    572, 572, 572, 572, 572, 572, 572, 268, 268, 572, 572, 572, 434, 899, 639, 650, 632, 730, 556,
    519, 728, 741, 339, 273, 619, 524, 907, 760, 781, 605, 781, 622, 549, 556, 731, 600, 930, 586,
    566, 572, 329, 372, 329, 572, 444, 281, 561, 615, 480, 615, 564, 344, 615, 618, 258, 258, 534,
    258, 935, 618, 605, 615, 615, 413, 479, 361, 618, 508, 786, 529, 510, 470, 380, 551, 380, 572};
constexpr double kBoldRatio = 1.07;  ///< Noto Sans Bold to Regular, over English text

/// A column of a terminal in thousandths of the size: a wide letter (CJK) is two of them and one em wide, letters of
/// Cyrillic or Arabic are about 0.6 em.
double advance_of(std::string_view letter) {
  const auto columns = static_cast<double>(base::display_width(letter));
  return columns > 1 ? columns * 500 : columns * 640;
}

/// Bytes of `text` to keep so that they are at most `most_width` wide; no letter is parted from its combining marks.
std::size_t bytes_within(std::string_view text, double most_width, double size, Weight weight) {
  std::size_t kept = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t next = at + std::max<std::size_t>(1, base::utf8_sequence_size(text.substr(at)));
    if (text_width(text.substr(0, next), size, weight) > most_width) break;
    kept = next;
    at = next;
  }
  return kept;
}

}  // namespace

double text_width(std::string_view text, double size, Weight weight) {
  double thousandths = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t bytes = std::max<std::size_t>(1, base::utf8_sequence_size(text.substr(at)));
    const auto first = static_cast<unsigned char>(text[at]);
    thousandths += first >= 0x20 && first < 0x7f ? kAdvance[first - 0x20] : advance_of(text.substr(at, bytes));
    at += bytes;
  }
  return thousandths * size / 1000 * (weight == Weight::bold ? kBoldRatio : 1);
}

std::string fitted(std::string_view text, double most_width, double size, Weight weight) {
  constexpr std::size_t kMostBytes = 1024;  // beyond any picture's width; keeps what is measured bounded
  constexpr std::string_view kEllipsis = "\xe2\x80\xa6";
  std::string shown = base::printable(text.substr(0, kMostBytes));
  if (text_width(shown, size, weight) <= most_width) return shown;
  shown.resize(bytes_within(shown, most_width - text_width(kEllipsis, size, weight), size, weight));
  while (shown.ends_with(' ')) shown.pop_back();
  return shown += kEllipsis;
}

}  // namespace renown::picture
