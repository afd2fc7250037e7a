#include "log/export_folder.h"

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include "io/file_writer.h"
#include "log/data_folder.h"

namespace renown::log {
namespace {

namespace fs = std::filesystem;

Error io_error(std::string_view doing, const std::string& path, const std::string& reason) {
  return {ErrorCode::io, fmt::format("cannot {} {}: {}", doing, path, reason)};
}

/// Whether `out` is a folder that holds an export and nothing else.
bool is_export(const std::string& out) {
  std::error_code why;
  if (!fs::exists(out + "/" + std::string(ExportFolder::kMarker), why)) return false;
  for (const auto& entry : fs::directory_iterator(out, why)) {
    const std::string name = entry.path().filename().string();
    if (name != ExportFolder::kMarker && !name.starts_with("day=")) return false;
  }
  return !why;
}

Result<void> check_place(const std::string& out) {
  std::error_code why;
  if (!fs::exists(fs::symlink_status(out, why))) return {};
  if (!fs::is_directory(out, why))
    return bad_input(fmt::format("{} is not a folder: name another folder for the export", out));
  const bool is_empty = fs::is_empty(out, why);
  if (why) return io_error("look into", out, why.message());
  if (is_empty || is_export(out)) return {};
  return bad_input(fmt::format("{} is not empty and not an earlier export: name a new folder for the export", out));
}

Result<int> lock_folder(const std::string& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return io_error("open", path, reason_of(errno));
  if (::flock(descriptor, LOCK_EX | LOCK_NB) == 0) return descriptor;
  const int failed = errno;
  ::close(descriptor);
  if (failed != EWOULDBLOCK) return io_error("lock", path, reason_of(failed));
  return Error{ErrorCode::busy,
               fmt::format("another process is exporting into {}: try again when it has finished", path)};
}

std::string without_trailing_slashes(std::string path) {
  while (path.size() > 1 && path.back() == '/') path.pop_back();
  return path;
}

Result<void> sync_everything_under(const std::string& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return io_error("open", path, reason_of(errno));
  const int failed = ::syncfs(descriptor) == 0 ? 0 : errno;
  ::close(descriptor);
  if (failed == 0) return {};
  return io_error("write to the disk", path, reason_of(failed));
}

}  // namespace

Result<ExportFolder> ExportFolder::create(const std::string& out_as_given) {
  const std::string out = without_trailing_slashes(out_as_given);
  auto good = check_place(out);
  if (!good) return good.error();
  ExportFolder folder(out, out + ".partial");
  auto taken = folder.take_partial();
  if (!taken) {
    folder.partial_.clear();  // it may be another process's
    return taken.error();
  }
  return folder;
}

// A folder that nobody has locked was left by a killed export.
Result<void> ExportFolder::take_partial() {
  std::error_code why;
  if (fs::exists(partial_, why)) {
    auto left = lock_folder(partial_);
    if (!left) return left.error();
    fs::remove_all(partial_, why);
    ::close(*left);
    if (why) return io_error("remove", partial_, why.message());
  }
  fs::create_directories(partial_, why);
  if (why) return io_error("make the folder", partial_, why.message());
  auto lock = lock_folder(partial_);
  if (!lock) return lock.error();
  lock_ = *lock;
  return {};
}

ExportFolder::ExportFolder(ExportFolder&& other) noexcept
    : out_(std::move(other.out_)), partial_(std::exchange(other.partial_, {})), lock_(std::exchange(other.lock_, -1)) {}

ExportFolder::~ExportFolder() {
  std::error_code ignored;
  if (!partial_.empty()) fs::remove_all(partial_, ignored);
  if (lock_ >= 0) ::close(lock_);
}

Result<void> ExportFolder::commit(std::uint64_t rows, std::uint64_t files) {
  auto marker = io::FileWriter::create(fmt::format("{}/{}", partial_, kMarker));
  if (!marker) return marker.error();
  auto written = marker->write(
      fmt::format("{{\"format\":\"renown export\",\"version\":1,\"rows\":{},\"files\":{}}}\n", rows, files));
  if (!written) return written;
  auto closed = marker->commit();
  if (!closed) return closed;
  auto synced = sync_everything_under(partial_);
  if (!synced) return synced;
  auto swapped = swap();
  if (!swapped) return swapped;
  const fs::path parent = fs::path(out_).parent_path();
  return sync_folder(parent.empty() ? "." : parent.string());
}

// rename() takes the place of nothing and of an empty folder. An earlier export is exchanged: then the old one lies in
// partial_, which the destructor removes.
Result<void> ExportFolder::swap() const {
  if (std::rename(partial_.c_str(), out_.c_str()) == 0) return {};
  if (errno != ENOTEMPTY && errno != EEXIST) return io_error("rename to", out_, reason_of(errno));
  if (::renameat2(AT_FDCWD, partial_.c_str(), AT_FDCWD, out_.c_str(), RENAME_EXCHANGE) == 0) return {};
  if (errno != EINVAL && errno != ENOSYS) return io_error("rename to", out_, reason_of(errno));
  // A file system without exchange: for a moment there is no export under this name, but never half a one.
  std::error_code why;
  fs::remove_all(out_, why);
  if (why) return io_error("remove the earlier export", out_, why.message());
  if (std::rename(partial_.c_str(), out_.c_str()) == 0) return {};
  return io_error("rename to", out_, reason_of(errno));
}

}  // namespace renown::log
