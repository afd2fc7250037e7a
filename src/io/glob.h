/// Shell patterns in the names of logs, for those that no shell has expanded.
#pragma once

#include <string>
#include <vector>

#include "renown/result.h"

namespace renown::io {

/// The paths that `pattern` stands for, in byte order. Inside one path segment `*`, `?` and `[a-z]` match as in a
/// shell, hidden names only where the pattern says the dot; a segment `**` matches any number of folders (links to
/// folders are not followed, so that it ends). A pattern that ends in `**` yields files only. A path without these
/// characters, one that exists as it is written, and "-" are given back unchanged.
///
/// errors  not_found when nothing matches; io when a folder cannot be read
Result<std::vector<std::string>> expand_glob(const std::string& pattern);

}  // namespace renown::io
