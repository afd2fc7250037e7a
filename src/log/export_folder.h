/// ExportFolder: a folder of files that appears whole or not at all.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "renown/result.h"

namespace renown::log {

/// Files are written into partial(), beside the folder to be; commit() puts it into place. Not committed, what was
/// written is removed. A killed process leaves partial() behind; the next export to the same place removes it.
class ExportFolder {
 public:
  /// Its presence says that a folder is a whole export. The underscore hides it from readers of Parquet folders.
  static constexpr std::string_view kMarker = "_renown_export.json";

  /// errors  bad_input when `out` holds anything that is not an earlier export; busy while another process exports to
  ///         the same place; io
  static Result<ExportFolder> create(const std::string& out);

  ExportFolder(ExportFolder&& other) noexcept;
  ExportFolder& operator=(ExportFolder&&) = delete;
  ~ExportFolder();

  const std::string& partial() const { return partial_; }

  /// Writes the marker, syncs all to the disk and renames. An earlier export is swapped out in the same step where the
  /// file system can, and removed.
  Result<void> commit(std::uint64_t rows, std::uint64_t files);

 private:
  ExportFolder(std::string out, std::string partial) : out_(std::move(out)), partial_(std::move(partial)) {}
  Result<void> take_partial();
  Result<void> swap() const;

  std::string out_;
  std::string partial_;  ///< empty once moved from
  int lock_ = -1;        ///< an flock on partial_, so that no other export takes it for a dead one's
};

}  // namespace renown::log
