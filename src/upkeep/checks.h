/// The single checks of the doctor. For the sources of this folder only.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "log/interaction_log.h"
#include "upkeep/doctor.h"

namespace renown::upkeep {

// -- of the folder and the machine (machine_checks.cc)

Finding check_permissions(const std::string& data_folder);
Finding check_disk(const std::string& data_folder);
Finding check_memory();

/// latest  the newest moment, unix seconds, that the folder knows to have passed; 0: none
Finding check_clock(std::int64_t now, std::int64_t latest);

/// With fix they are removed, if nobody else has the folder open.
Finding check_leftovers(const std::string& data_folder, bool fix);

// -- of what is inside (store_checks.cc); the caller holds the folder as a reader

Finding check_log(const log::InteractionLog& log);
Finding check_cursors(const log::InteractionLog& log);

/// One for each source that is not current, or one for all.
std::vector<Finding> check_sources(const log::InteractionLog& log, std::int64_t now);

/// One for each store.
std::vector<Finding> check_stores(const std::string& data_folder);

Finding check_tokens(const std::string& data_folder, const std::string& token_key_file);
Finding check_verified(const std::string& data_folder);

/// The newest moment that imports and sources were begun at.
std::int64_t latest_moment(const log::InteractionLog& log);

}  // namespace renown::upkeep
