/// ReportFile: where a long run writes its report, checked before the run and written whole at its end.
#pragma once

#include <optional>
#include <string>

#include "renown/result.h"

#include "cli/options.h"
#include "io/file_writer.h"

namespace renown::cli {

/// It must be gone before an error is reported: report() may end the process by a signal, which runs no destructors.
class ReportFile {
 public:
  /// path  empty: there is no file, and write() does nothing
  ///
  /// errors  usage where the run reads that very file; io where it cannot be written, so that hours of work are not
  ///         lost in the end
  static Result<ReportFile> open(const std::string& path, const LogOptions& log);

  /// Puts the text in place. Not called, nothing is left and an older file stays. errors  io
  Result<void> write(const std::string& text);

 private:
  std::optional<io::FileWriter> file_;
};

}  // namespace renown::cli
