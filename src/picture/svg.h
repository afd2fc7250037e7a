/// Svg: writes one picture. Every text is escaped, every colour comes from the palette, every number has two decimals
/// at most, so that the same values give the same bytes.
#pragma once

#include <string>
#include <string_view>

#include "picture/palette.h"
#include "picture/text_width.h"

namespace renown::picture {

/// The policy that a picture must be served with: the theme stands in a <style>, and nothing else is needed.
inline constexpr std::string_view kContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

struct Point {
  double x = 0, y = 0;
};

enum class Anchor { start, middle, end };

/// How text stands in a picture. One scale of sizes: 11, 13, 16, 20, 28, 40, 64 ...; callers keep to it.
struct TextStyle {
  double size = 13;
  Weight weight = Weight::regular;
  Anchor anchor = Anchor::start;
  Role role = Role::ink;
  double exact_width = 0;  ///< stretched or squeezed to it, whatever the reader's font; 0: as the font has it
  bool halo = false;       ///< a rim of the ground's colour, for text that lines run under
};

struct Stroke {
  Role role = Role::track;
  double width = 1;
  bool round = false;
  double dash = 0;  ///< length of dashes and gaps; 0: none
  double opacity = 1;
};

/// Light colours stand in the elements, dark ones in a style sheet, for viewers who ask for them. No script, no link,
/// no font, no id: so several can stand in one page. Not for two threads at once; different ones are independent.
class Svg {
 public:
  /// title        what it is, in a few words; read aloud first
  /// description  what it shows, with all its numbers
  Svg(double width, double height, std::string_view title, std::string_view description);

  void rect(Point corner, double width, double height, double radius, Role fill);
  void circle(Point centre, double radius, Role fill);
  void ring(Point centre, double radius, Role fill, const Stroke& stroke);
  void line(Point from, Point to, const Stroke& stroke);

  /// Part of a circle, clockwise; angles in degrees from 12 o'clock, end >= begin, less than a whole turn.
  void arc(Point centre, double radius, double begin, double end, const Stroke& stroke);

  /// At most `most_width` wide, else cut by an ellipsis. 0: as it is.
  void text(Point at, std::string_view content, const TextStyle& style, double most_width = 0);

  /// Ends the picture and gives it. Call it once.
  std::string finish();

 private:
  std::string out_;
};

/// `text` where text or an attribute's value may stand: escaped, without what XML cannot hold; U+FFFD for what is not
/// UTF-8.
std::string escaped(std::string_view text);

/// "12.5", "12", "-0.25": at most two decimals. 0 for what is not finite.
std::string number(double value);

/// The point at an angle, in degrees clockwise from 12 o'clock.
Point on_circle(Point centre, double radius, double degrees);

}  // namespace renown::picture
