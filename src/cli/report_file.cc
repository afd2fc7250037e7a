#include "cli/report_file.h"

#include <filesystem>
#include <utility>
#include <vector>

#include <fmt/format.h>

namespace renown::cli {

Result<ReportFile> ReportFile::open(const std::string& path, const LogOptions& log) {
  ReportFile report;
  if (path.empty()) return report;
  std::vector<std::string> inputs = log.logs;
  inputs.insert(inputs.end(), {log.verified_file, log.people_file, log.pardon_file, log.model});
  for (const std::string& input : inputs) {
    std::error_code ignored;
    if (!input.empty() && std::filesystem::equivalent(input, path, ignored))
      return Error{ErrorCode::usage, fmt::format("{} is read by this run: write to another file", path)};
  }
  auto file = io::FileWriter::create(path);
  if (!file) return file.error();
  report.file_.emplace(std::move(*file));
  return report;
}

Result<void> ReportFile::write(const std::string& text) {
  if (!file_) return {};
  if (auto written = file_->write(text); !written) return written;
  return file_->commit();
}

}  // namespace renown::cli
