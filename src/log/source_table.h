/// The table `sources`. For the sources of this folder only.
#pragma once

#include <string>
#include <vector>

#include "renown/result.h"

#include "duck/connection.h"
#include "log/source.h"

namespace renown::log {

/// Creates it, empty, in the attached database `catalog`.
Result<void> create_source_table(duck::Connection& connection, const std::string& catalog);

/// All, by name. None where the log is of a version without the table.
Result<std::vector<Source>> read_sources(duck::Connection& connection);

/// Adds the source to the table of `catalog`. The texts must be UTF-8.
Result<void> insert_source(duck::Connection& connection, const std::string& catalog, const Source& source);

/// returns  whether there is a source of that name
Result<bool> update_state(duck::Connection& connection, const std::string& name, const SourceState& state,
                          std::uint64_t rows, std::uint64_t added);

}  // namespace renown::log
