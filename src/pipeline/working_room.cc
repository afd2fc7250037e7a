#include "pipeline/working_room.h"

#include <algorithm>
#include <cstdlib>

#include <unistd.h>

namespace renown::pipeline {

std::uint64_t memory_for_working_data(std::uint64_t memory_bytes) {
  if (memory_bytes > 0) return memory_bytes;
  const auto pages = static_cast<std::uint64_t>(std::max(0L, sysconf(_SC_PHYS_PAGES)));
  return pages * static_cast<std::uint64_t>(std::max(1L, sysconf(_SC_PAGESIZE))) / 2;
}

std::string folder_for_working_data() {
  const char* chosen = std::getenv("TMPDIR");
  return chosen && *chosen ? chosen : "/var/tmp";
}

}  // namespace renown::pipeline
