/// Secrets that should stand on no command line.
#pragma once

#include <string>
#include <string_view>

#include "renown/result.h"

namespace renown::cli {

/// The first line of a file, or of standard input (-), without blanks at its end.
///
/// option  "--token-file", for the sentence
/// errors  usage where there is no line; as io::open_bytes
Result<std::string> secret_line(const std::string& path, std::string_view option);

}  // namespace renown::cli
