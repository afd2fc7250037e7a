#include "picture/svg.h"

#include <cmath>
#include <numbers>

#include <fmt/format.h>

#include "base/utf8.h"

namespace renown::picture {
namespace {

constexpr std::string_view kFonts = "system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans',sans-serif";

/// Classes f-ROLE and s-ROLE (fill, stroke) with the dark theme's colours.
std::string dark_theme() {
  std::string css = "@media (prefers-color-scheme:dark){";
  for (const Colour& each : kPalette) {
    if (each.light == each.dark) continue;
    css += fmt::format(".rn-f-{0}{{fill:{1}}}.rn-s-{0}{{stroke:{1}}}", each.name, each.dark);
  }
  return css + "}";
}

std::string fill(Role role) {
  return fmt::format(R"( fill="{}" class="rn-f-{}")", colour(role).light, colour(role).name);
}

std::string stroke_numbers(const Stroke& stroke) {
  std::string text = fmt::format(R"( stroke="{}" stroke-width="{}")", colour(stroke.role).light, number(stroke.width));
  if (stroke.round) text += R"( stroke-linecap="round")";
  if (stroke.dash > 0) text += fmt::format(R"( stroke-dasharray="{0} {0}")", number(stroke.dash));
  if (stroke.opacity < 1) text += fmt::format(R"( stroke-opacity="{}")", number(stroke.opacity));
  return text;
}

std::string outline(const Stroke& stroke) {
  return fmt::format(R"( fill="none" class="rn-s-{}")", colour(stroke.role).name) + stroke_numbers(stroke);
}

/// XML 1.0 has no place for most control characters, even escaped.
bool is_xml_control(std::string_view sequence) {
  const auto first = static_cast<unsigned char>(sequence[0]);
  const bool noncharacter = sequence == "\xef\xbf\xbe" || sequence == "\xef\xbf\xbf";
  return noncharacter || (first < 0x20 && first != '\t' && first != '\n' && first != '\r');
}

std::string_view entity_of(char byte) {
  switch (byte) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '"':
      return "&quot;";
    case '\'':
      return "&#39;";
    default:
      return {};
  }
}

}  // namespace

std::string escaped(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  while (!text.empty()) {
    const std::size_t size = base::utf8_sequence_size(text);
    const std::string_view sequence = text.substr(0, std::max<std::size_t>(size, 1));
    const std::string_view entity = size == 1 ? entity_of(text[0]) : std::string_view();
    if (size == 0 || is_xml_control(sequence)) {
      result += "\xef\xbf\xbd";
    } else {
      result += entity.empty() ? sequence : entity;
    }
    text.remove_prefix(sequence.size());
  }
  return result;
}

std::string number(double value) {
  if (!std::isfinite(value)) return "0";
  std::string text = fmt::format("{:.2f}", value);
  while (text.ends_with('0')) text.pop_back();
  if (text.ends_with('.')) text.pop_back();
  return text == "-0" ? "0" : text;
}

Point on_circle(Point centre, double radius, double degrees) {
  const double angle = degrees * std::numbers::pi / 180;
  return {centre.x + radius * std::sin(angle), centre.y - radius * std::cos(angle)};
}

Svg::Svg(double width, double height, std::string_view title, std::string_view description) {
  out_ = fmt::format(
      R"(<svg xmlns="http://www.w3.org/2000/svg" width="{0}" height="{1}" viewBox="0 0 {0} {1}" role="img" font-family="{2}">)"
      "<title>{3}</title><desc>{4}</desc><style>{5}</style>\n",
      number(width), number(height), kFonts, escaped(title), escaped(description), dark_theme());
}

void Svg::rect(Point corner, double width, double height, double radius, Role role) {
  out_ += fmt::format(R"(<rect x="{}" y="{}" width="{}" height="{}" rx="{}"{}/>)", number(corner.x), number(corner.y),
                      number(width), number(height), number(radius), fill(role));
  out_ += '\n';
}

void Svg::circle(Point centre, double radius, Role role) {
  out_ += fmt::format(R"(<circle cx="{}" cy="{}" r="{}"{}/>)", number(centre.x), number(centre.y), number(radius),
                      fill(role));
  out_ += '\n';
}

void Svg::ring(Point centre, double radius, Role role, const Stroke& stroke) {
  out_ += fmt::format(R"(<circle cx="{}" cy="{}" r="{}" fill="{}" class="rn-f-{} rn-s-{}"{}/>)", number(centre.x),
                      number(centre.y), number(radius), colour(role).light, colour(role).name, colour(stroke.role).name,
                      stroke_numbers(stroke));
  out_ += '\n';
}

void Svg::line(Point from, Point to, const Stroke& stroke) {
  out_ += fmt::format(R"(<path d="M{} {}L{} {}"{}/>)", number(from.x), number(from.y), number(to.x), number(to.y),
                      outline(stroke));
  out_ += '\n';
}

void Svg::arc(Point centre, double radius, double begin, double end, const Stroke& stroke) {
  const Point from = on_circle(centre, radius, begin);
  const Point to = on_circle(centre, radius, end);
  out_ += fmt::format(R"(<path d="M{} {}A{} {} 0 {} 1 {} {}"{}/>)", number(from.x), number(from.y), number(radius),
                      number(radius), end - begin > 180 ? 1 : 0, number(to.x), number(to.y), outline(stroke));
  out_ += '\n';
}

void Svg::text(Point at, std::string_view content, const TextStyle& style, double most_width) {
  constexpr std::string_view kAnchors[] = {"start", "middle", "end"};
  out_ += fmt::format(R"(<text x="{}" y="{}" font-size="{}"{})", number(at.x), number(at.y), number(style.size),
                      fill(style.role));
  if (style.weight == Weight::bold) out_ += R"( font-weight="600")";
  if (style.anchor != Anchor::start)
    out_ += fmt::format(R"( text-anchor="{}")", kAnchors[static_cast<std::size_t>(style.anchor)]);
  if (style.exact_width > 0)
    out_ += fmt::format(R"( textLength="{}" lengthAdjust="spacingAndGlyphs")", number(style.exact_width));
  if (style.halo) {
    out_.insert(out_.rfind("class=\"") + 7, fmt::format("rn-s-{} ", colour(Role::ground).name));
    out_ += fmt::format(R"( stroke="{}" stroke-width="3" stroke-linejoin="round" paint-order="stroke")",
                        colour(Role::ground).light);
  }
  const std::string shown = most_width > 0 ? fitted(content, most_width, style.size, style.weight)
                                           : fitted(content, 1e9, style.size, style.weight);
  out_ += fmt::format(">{}</text>\n", escaped(shown));
}

std::string Svg::finish() {
  out_ += "</svg>\n";
  return std::move(out_);
}

}  // namespace renown::picture
