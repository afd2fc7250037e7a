#include "io/glob.h"

#include <algorithm>
#include <filesystem>
#include <string_view>
#include <system_error>

#include <fmt/format.h>
#include <fnmatch.h>

namespace renown::io {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kAnyFolders = "**";

bool is_pattern(std::string_view text) {
  return text.find_first_of("*?[") != std::string_view::npos;
}

/// Walks the folders along the segments of one pattern and collects what matches.
class Walk {
 public:
  explicit Walk(const std::string& pattern) : absolute_(pattern.starts_with('/')) {
    for (std::size_t at = 0; at < pattern.size();) {
      const std::size_t slash = std::min(pattern.find('/', at), pattern.size());
      std::string segment = pattern.substr(at, slash - at);
      at = slash + 1;
      const bool repeats = segment == kAnyFolders && !segments_.empty() && segments_.back() == kAnyFolders;
      if (!segment.empty() && !repeats) segments_.push_back(std::move(segment));
    }
  }

  Result<std::vector<std::string>> run() {
    if (auto walked = match(absolute_ ? "/" : "", 0); !walked) return walked.error();
    std::sort(found_.begin(), found_.end());
    found_.erase(std::unique(found_.begin(), found_.end()), found_.end());
    return std::move(found_);
  }

 private:
  /// Matches the segments from `at` on against what lies in `folder`, "" being the working folder.
  Result<void> match(const std::string& folder, std::size_t at) {
    const std::string& segment = segments_[at];
    if (segment == kAnyFolders) return match_any_folders(folder, at);
    if (!is_pattern(segment)) return accept(folder + segment, at);
    auto names = list(folder);
    if (!names) return names.error();
    for (const std::string& name : *names) {
      if (::fnmatch(segment.c_str(), name.c_str(), FNM_PERIOD) != 0) continue;
      if (auto accepted = accept(folder + name, at); !accepted) return accepted;
    }
    return {};
  }

  /// `path` fits the segments up to and with `at`.
  Result<void> accept(const std::string& path, std::size_t at) {
    std::error_code error;
    const fs::file_status status = fs::status(path, error);
    if (!fs::exists(status)) return {};
    if (at + 1 == segments_.size()) {
      found_.push_back(path);
      return {};
    }
    if (!fs::is_directory(status)) return {};
    return match(path + "/", at + 1);
  }

  /// `**` as no folder, then as each folder below.
  Result<void> match_any_folders(const std::string& folder, std::size_t at) {
    const bool is_last = at + 1 == segments_.size();
    if (!is_last) {
      if (auto matched = match(folder, at + 1); !matched) return matched;
    }
    auto names = list(folder);
    if (!names) return names.error();
    for (const std::string& name : *names) {
      if (name.starts_with('.')) continue;
      std::error_code error;
      const fs::file_status status = fs::symlink_status(folder + name, error);
      if (fs::is_directory(status)) {
        if (auto matched = match_any_folders(folder + name + "/", at); !matched) return matched;
      } else if (is_last) {
        found_.push_back(folder + name);
      }
    }
    return {};
  }

  Result<std::vector<std::string>> list(const std::string& folder) const {
    const std::string path = folder.empty() ? "." : folder;
    std::error_code error;
    std::vector<std::string> names;
    fs::directory_iterator entries(path, error);
    for (; !error && entries != fs::directory_iterator(); entries.increment(error)) {
      names.push_back(entries->path().filename().string());
    }
    if (error) return Error{ErrorCode::io, fmt::format("the folder {} cannot be read: {}", path, error.message())};
    return names;
  }

  bool absolute_;
  std::vector<std::string> segments_;
  std::vector<std::string> found_;
};

}  // namespace

Result<std::vector<std::string>> expand_glob(const std::string& pattern) {
  std::error_code error;
  if (!is_pattern(pattern) || fs::exists(pattern, error)) return std::vector<std::string>{pattern};
  auto found = Walk(pattern).run();
  if (found && found->empty()) return Error{ErrorCode::not_found, fmt::format("no file matches {}", pattern)};
  return found;
}

}  // namespace renown::io
