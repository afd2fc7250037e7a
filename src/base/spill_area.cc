#include "base/spill_area.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

namespace renown::base {
namespace {

Error spill_error(const std::string& what, int reason) {
  return {ErrorCode::io, fmt::format("{}: {}", what, std::strerror(reason))};
}

}  // namespace

SpillFile::SpillFile(SpillFile&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

SpillFile& SpillFile::operator=(SpillFile&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  return *this;
}

SpillFile::~SpillFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

Result<SpillFile> SpillFile::create(const std::string& folder) {
  SpillFile file;
  file.descriptor_ = ::open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
  if (file.descriptor_ < 0 && (errno == EOPNOTSUPP || errno == EISDIR)) {  // a file system without such files
    std::string name = folder + "/renown-spill-XXXXXX";
    file.descriptor_ = ::mkstemp(name.data());
    if (file.descriptor_ >= 0) ::unlink(name.c_str());
  }
  if (file.descriptor_ < 0)
    return spill_error(fmt::format("working data does not fit into memory and {} cannot hold it", folder), errno);
  return file;
}

Result<void> SpillFile::write(const void* bytes, std::size_t size_bytes, std::uint64_t offset) const {
  const char* at = static_cast<const char*>(bytes);
  while (size_bytes > 0) {
    const auto written = ::pwrite(descriptor_, at, size_bytes, static_cast<off_t>(offset));
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return spill_error("working data cannot be written to disk", written < 0 ? errno : ENOSPC);
    at += written;
    offset += static_cast<std::uint64_t>(written);
    size_bytes -= static_cast<std::size_t>(written);
  }
  return {};
}

Result<void> SpillFile::read(void* bytes, std::size_t size_bytes, std::uint64_t offset) const {
  char* at = static_cast<char*>(bytes);
  while (size_bytes > 0) {
    const auto got = ::pread(descriptor_, at, size_bytes, static_cast<off_t>(offset));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return spill_error("working data cannot be read back from disk", got < 0 ? errno : EIO);
    at += got;
    offset += static_cast<std::uint64_t>(got);
    size_bytes -= static_cast<std::size_t>(got);
  }
  return {};
}

void SpillFile::forget(std::uint64_t offset, std::size_t size_bytes) const {
  ::fallocate(descriptor_, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, static_cast<off_t>(offset),
              static_cast<off_t>(size_bytes));
}

bool SpillArea::take(std::size_t size_bytes) {
  if (used_.fetch_add(size_bytes) + size_bytes <= limit_) return true;
  used_ -= size_bytes;
  return false;
}

void SpillArea::fail(const Error& error) {
  const std::lock_guard guard(lock_);
  if (!failure_) failure_ = error;
}

Result<void> SpillArea::status() const {
  const std::lock_guard guard(lock_);
  if (failure_) return *failure_;
  return {};
}

}  // namespace renown::base
