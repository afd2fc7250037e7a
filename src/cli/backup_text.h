/// What a backup holds, for people and for programs.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "cli/terminal.h"
#include "upkeep/manifest.h"

namespace renown::cli {

/// done        "Backed up:", "Restored:"
/// size_bytes  of the file
std::string backup_text(const Terminal& terminal, std::string_view done, const upkeep::Manifest& manifest,
                        std::uint64_t size_bytes);
std::string backup_json(const upkeep::Manifest& manifest, std::uint64_t size_bytes);

}  // namespace renown::cli
