/// Secrets that are given by a file, so that they stand on no command line.
#pragma once

#include <string>
#include <string_view>

#include "renown/result.h"

namespace renown::cli {

/// The first line of a file, or of standard input (path "-"), without blanks at its end.
/// option  by which it was given, for sentences: "--token-file"
/// errors  usage where the line is empty; as io::open_bytes
Result<std::string> secret_in(const std::string& path, std::string_view option);

}  // namespace renown::cli
