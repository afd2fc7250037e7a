/// Palette: the colours of every picture, by what they are for, in a light and a dark theme.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace renown::picture {

/// What a colour is for. One accent says "this person" (teal), the other "how sure, or the other direction" (amber).
enum class Role : std::uint8_t { ground, ink, muted, track, teal, amber, plate, plate_teal, plate_ink };

struct Colour {
  std::string_view name;  ///< as in the classes of an SVG
  std::string_view light, dark;
};

/// In the order of Role. Whatever is read as text has a contrast of 4.5 to what it stands on (WCAG 2.2, 1.4.3), the
/// accents have 3 to the ground and to the track beside them (1.4.11): palette_test.cc.
inline constexpr std::array<Colour, 9> kPalette = {{
    {"ground", "#ffffff", "#10181a"},      // what a picture lies on
    {"ink", "#12211f", "#e9f1ef"},         // numbers, names
    {"muted", "#4a5c58", "#a5b7b2"},       // what explains them
    {"track", "#dde7e4", "#26363a"},       // the part of a scale that is not reached; lines between nodes
    {"teal", "#0f766e", "#2dd4bf"},        // the score; who engages with the person
    {"amber", "#b45309", "#fbbf24"},       // the interval; whom the person engages with
    {"plate", "#24403c", "#24403c"},       // the dark half of a badge, which brings its own ground
    {"plate_teal", "#0f766e", "#0f766e"},  // its other half
    {"plate_ink", "#ffffff", "#ffffff"},   // text on both
}};

constexpr const Colour& colour(Role role) {
  return kPalette[static_cast<std::size_t>(role)];
}

}  // namespace renown::picture
