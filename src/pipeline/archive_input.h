/// Archive inputs: which network an archive is from, and its reader.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "renown/result.h"

#include "model/interaction_reader.h"

namespace renown::pipeline {

/// Opens a zip, tar or folder as the archive of a network.
///
/// network  "googleplus", ...; empty: told from the names of the members
/// errors   of the archive; not_found when its members are those of no network that Renown knows, bad_input when they
///          are not those of `network`
Result<std::unique_ptr<model::InteractionReader>> open_archive_log(const std::string& path, std::string_view network,
                                                                   model::ReadOptions options);

/// The networks whose archives are read, as --input-format takes them.
std::vector<std::string_view> archive_networks();

/// Of a folder that is an unpacked archive the files that are read, by their paths; nothing for any other path.
std::optional<std::vector<std::string>> files_of_unpacked_archive(const std::string& path);

}  // namespace renown::pipeline
