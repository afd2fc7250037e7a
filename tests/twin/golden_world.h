/// A golden world: a small log and the score cards it must give, as one text file (tests/golden/README.md).
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "renown/result.h"

#include "twin/slow_score.h"

namespace renown::twin {

/// The sections of a golden file by name ("as_of", "interactions", ...), each with its lines and a final line break,
/// without the blank lines around it.
using Sections = std::map<std::string, std::string>;

/// Splits a golden file at its lines "## name".
Sections split_sections(std::string_view text);

/// errors  bad_input, naming what is missing or malformed
Result<World> parse_golden_world(const Sections& sections);

/// The sections "cards", "ledger" and "dropped" that these scores call for.
Sections expected_sections(const Scores& scores, bool is_protected);

/// `text` with its expected sections replaced (or added at the end).
std::string with_expected(std::string_view text, const Sections& expected);

/// Where two CSV sections differ, or nothing. Fields that are numbers in both may differ by 1e-9, relative or absolute:
/// the last bits depend on the C library and on the order of sums.
std::string difference(std::string_view want, std::string_view got);

}  // namespace renown::twin
