/// GoOn: how a long computation tells how far it is, and learns that it should stop.
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>

#include "renown/result.h"

namespace renown::score {

/// Called from the thread that began the computation; returns whether to go on.
using GoOn = std::function<bool(std::string_view stage, std::uint64_t done, std::uint64_t total)>;

inline Error stopped() {
  return {ErrorCode::cancelled, "stopped; nothing was written"};
}

}  // namespace renown::score
