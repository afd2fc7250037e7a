/// Where working data goes, and how much of it may be in memory.
#pragma once

#include <cstdint>
#include <string>

namespace renown::pipeline {

/// What was asked for; half of the machine's memory where nothing was (0).
std::uint64_t memory_for_working_data(std::uint64_t memory_bytes);

/// $TMPDIR, else /var/tmp: /tmp is memory on many machines, and what does not fit into memory comes here.
std::string folder_for_working_data();

}  // namespace renown::pipeline
