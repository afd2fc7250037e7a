/// The figures of docs/generate.md: what is fitted to real logs, measured again on a world's everyday rows.
#pragma once

#include <string>
#include <vector>

#include "generate/world.h"

namespace renown::generate {

struct Figure {
  std::string name;
  double wanted = 0.0;
  double measured = 0.0;
  double tolerance = 0.0;  ///< of `measured` to `wanted`
};

/// Memory: about 60 bytes a row.
std::vector<Figure> measure(const World& world);

}  // namespace renown::generate
