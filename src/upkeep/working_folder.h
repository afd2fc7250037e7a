/// WorkingFolder: a private folder that is gone with the work it was made for.
#pragma once

#include <string>
#include <utility>

#include "renown/result.h"

namespace renown::upkeep {

/// Readable by its owner only, and locked: one process uses it at a time. What a killed one left in it is removed when
/// it is made again.
class WorkingFolder {
 public:
  /// errors  busy while another process works there; bad_input for a folder with other things in it; io
  static Result<WorkingFolder> make(const std::string& path);

  /// A new one of a name that nobody else has, below `parent`. errors  io
  static Result<WorkingFolder> make_below(const std::string& parent);

  WorkingFolder(WorkingFolder&& other) noexcept
      : path_(std::move(other.path_)), descriptor_(std::exchange(other.descriptor_, -1)) {}
  WorkingFolder& operator=(WorkingFolder&&) = delete;
  ~WorkingFolder();

  const std::string& path() const { return path_; }

  /// Where a file or folder of that name goes. It is removed too where the process has to end at once.
  std::string file(const std::string& name) const;

 private:
  WorkingFolder(std::string path, int descriptor) : path_(std::move(path)), descriptor_(descriptor) {}

  std::string path_;
  int descriptor_;
};

}  // namespace renown::upkeep
