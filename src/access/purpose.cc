#include "access/purpose.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/text.h"

namespace renown::access {
namespace {

constexpr std::array<std::string_view, 6> kAllowed = {"marketing", "support", "community",
                                                      "research",  "event",   "other"};
constexpr std::array<std::string_view, 4> kRefused = {"employment", "credit", "housing", "insurance"};

}  // namespace

std::string_view purpose_name(Purpose purpose) {
  return kAllowed[static_cast<std::size_t>(purpose)];
}

bool is_refused_purpose(std::string_view name) {
  return std::ranges::find(kRefused, name) != kRefused.end();
}

Result<Purpose> parse_purpose(std::string_view name) {
  for (std::size_t i = 0; i < kAllowed.size(); ++i) {
    if (name == kAllowed[i]) return static_cast<Purpose>(i);
  }
  if (is_refused_purpose(name)) {
    return bad_input(fmt::format(
        "the purpose '{}' is refused: a score says how much others engage with a person, and must not decide "
        "about work, money, a home or insurance",
        name));
  }
  return bad_input(fmt::format("there is no purpose '{}': give one of {}", base::printable(name.substr(0, 40)),
                               fmt::join(kAllowed, ", ")));
}

}  // namespace renown::access
