/// The ego graph: who engages with a person, and with whom the person does.
#pragma once

#include <string>
#include <string_view>

#include "picture/ego_layout.h"

namespace renown::picture {

struct EgoWords {
  std::string title = "People around {}";
  std::string in = "engages with {}";
  std::string out = "{} engages with them";
  std::string both = "both";
  std::string nobody = "Nobody yet";
};

/// 880 x 640 pixels on the page's own ground: a circle for who engages with the person, a square for whom the person
/// engages with, a ringed circle for both. A list must stand beside it for readers who do not see it.
///
/// centre  the person's name
std::string ego_graph(std::string_view centre, const std::vector<EgoNode>& nodes, const EgoWords& words = {});

}  // namespace renown::picture
