#include "cli/secret_file.h"

#include <iostream>

#include <fmt/format.h>

#include "io/byte_source.h"
#include "io/line_reader.h"

namespace renown::cli {

Result<std::string> secret_in(const std::string& path, std::string_view option) {
  std::string line;
  if (path == "-") {
    std::getline(std::cin, line);
  } else {
    auto source = io::open_bytes(path);
    if (!source) return source.error();
    io::LineReader lines(std::move(*source));
    io::Line first;
    const auto read = lines.next(first);
    if (!read) return read.error();
    line = first.text;
  }
  while (!line.empty() && (line.back() == '\r' || line.back() == ' ')) line.pop_back();
  if (line.empty()) return Error{ErrorCode::usage, fmt::format("{} {}: there is no line in it", option, path)};
  return line;
}

}  // namespace renown::cli
