/// Which rows the log can hold. For the sources of this folder only.
#pragma once

#include <string_view>

#include "renown/interaction.h"

#include "base/time.h"
#include "base/utf8.h"

namespace renown::log {

inline bool is_text(const Interaction& row) {
  for (const std::string_view text : {row.network, row.actor, row.target, row.post, row.id, row.tags}) {
    if (!base::is_utf8(text)) return false;
  }
  return true;
}

inline bool has_usable_time(const Interaction& row) {
  return row.time >= 0 && row.time <= base::kMaxTime;
}

}  // namespace renown::log
