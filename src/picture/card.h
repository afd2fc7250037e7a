/// The card that other sites show for a link to a person's page (Open Graph): 1200 x 630.
#pragma once

#include <string>
#include <vector>

#include "picture/score_view.h"

namespace renown::picture {

inline constexpr int kCardWidth = 1200;
inline constexpr int kCardHeight = 630;

struct CardView {
  std::string name;                   ///< as it is shown; cut where it is too long
  std::vector<std::string> accounts;  ///< "hazel@forum.example"; the first three are shown
  std::string host;                   ///< of this instance: "renown.example.org"
  ScoreView score;
};

/// On its own ground. Light in both themes would be glaring on a dark page: it follows the viewer's theme; as PNG it is
/// light. For others: why somebody is not scored stays unsaid.
std::string open_graph_card(const CardView& view, const ScoreWords& words = {});

}  // namespace renown::picture
