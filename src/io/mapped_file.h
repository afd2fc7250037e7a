/// MappedFile: a whole file as bytes in memory, without reading those that nobody looks at.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "renown/result.h"

namespace renown::io {

/// For files that are replaced and never changed in place: whoever cuts a mapped file short ends its readers. The bytes
/// begin on a page. May be read by several threads.
class MappedFile {
 public:
  /// errors  not_found, io
  static Result<MappedFile> open(const std::string& path);

  MappedFile(MappedFile&& other) noexcept : bytes_(std::exchange(other.bytes_, {})) {}
  MappedFile& operator=(MappedFile&&) = delete;
  ~MappedFile();

  /// Valid as long as this object.
  std::string_view bytes() const { return bytes_; }

 private:
  explicit MappedFile(std::string_view bytes) : bytes_(bytes) {}

  std::string_view bytes_;
};

}  // namespace renown::io
