/// What DuckDB says went wrong, as one sentence and one of our codes.
#pragma once

#include <string>
#include <string_view>

#include "renown/result.h"

namespace renown::duck {

/// The first line of DuckDB's message without its "IO Error: ", so that a caller can put it after a colon.
std::string sentence(std::string_view message);

/// type  a duckdb_error_type
Error make_error(int type, const char* message);

}  // namespace renown::duck
