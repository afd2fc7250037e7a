#include "log/closed_folder.h"

#include <array>
#include <span>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/digest.h"
#include "log/key_file.h"

namespace renown::log {
namespace {

/// DuckDB's file begins with one header that stays and two, of 4 KB each, of which every checkpoint writes the older
/// one anew, with the next number.
constexpr std::size_t kHeaderBytes = std::size_t{3} * 4096;

}  // namespace

Result<ClosedFolder> ClosedFolder::hold(const std::string& path) {
  DataFolder folder(path);
  if (auto good = folder.check(); !good) return good.error();
  auto lock = FolderLock::shared(folder);
  if (!lock) return lock.error();
  if (auto key = read_key(folder); !key) return key.error();
  return ClosedFolder(std::move(folder), std::move(*lock));
}

std::string ClosedFolder::stamp() const {
  struct stat status{};
  if (::stat(folder_.database_wal().c_str(), &status) == 0) return {};
  const int descriptor = ::open(folder_.database().c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return {};
  std::array<char, kHeaderBytes> headers{};
  const bool read = ::fstat(descriptor, &status) == 0 &&
                    ::pread(descriptor, headers.data(), headers.size(), 0) == static_cast<ssize_t>(headers.size());
  ::close(descriptor);
  if (!read) return {};
  base::Sha256 digest;
  digest.add(std::span<const char>(headers));
  return fmt::format("{}-{}-{}-{}.{:09}", digest.hex(), status.st_size, status.st_ino, status.st_mtim.tv_sec,
                     status.st_mtim.tv_nsec);
}

std::uint64_t ClosedFolder::size_bytes() const {
  struct stat status{};
  return ::stat(folder_.database().c_str(), &status) == 0 ? static_cast<std::uint64_t>(status.st_size) : 0;
}

}  // namespace renown::log
