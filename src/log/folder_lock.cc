#include "log/folder_lock.h"

#include <cerrno>
#include <charconv>
#include <csignal>
#include <string_view>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include "log/shared_logs.h"

namespace renown::log {
namespace {

/// The process id in the lock file, or 0 where there is none, or its process has gone (then readers hold the lock).
pid_t living_writer(int descriptor) {
  char text[32] = {};
  const ssize_t length = ::pread(descriptor, text, sizeof text - 1, 0);
  pid_t pid = 0;
  if (length > 0) std::from_chars(text, text + length, pid);
  return pid > 0 && (::kill(pid, 0) == 0 || errno == EPERM) ? pid : 0;
}

Error busy(const DataFolder& folder, int descriptor) {
  const pid_t pid = living_writer(descriptor);
  if (pid == ::getpid()) {
    return {ErrorCode::busy, fmt::format("this process already has the data folder {} open", folder.path())};
  }
  if (pid != 0) {
    return {ErrorCode::busy,
            fmt::format(
                "process {} is writing to the data folder {}: try again when it has finished, or stop it with kill {}",
                pid, folder.path(), pid)};
  }
  return {ErrorCode::busy,
          fmt::format("another process has the data folder {} open: try again when it has finished", folder.path())};
}

Result<int> lock(const DataFolder& folder, int open_flags, int operation) {
  int descriptor = ::open(folder.lock().c_str(), open_flags | O_CLOEXEC, 0600);
  if (descriptor < 0) {
    return Error{ErrorCode::io, fmt::format("cannot open {}: {}", folder.lock(), reason_of(errno))};
  }
  if (::flock(descriptor, operation | LOCK_NB) == 0) return descriptor;
  const Error error = errno == EWOULDBLOCK
                          ? busy(folder, descriptor)
                          : Error{ErrorCode::io, fmt::format("cannot lock {}: {}", folder.lock(), reason_of(errno))};
  ::close(descriptor);
  return error;
}

}  // namespace

Result<FolderLock> FolderLock::exclusive(const DataFolder& folder) {
  auto descriptor = lock(folder, O_RDWR | O_CREAT, LOCK_EX);
  if (!descriptor) return descriptor.error();
  FolderLock held(*descriptor, true);
  const std::string pid = fmt::format("{}\n", ::getpid());
  // Only a help for others: a full disk must not stop an erase.
  if (::ftruncate(*descriptor, 0) == 0) static_cast<void>(!::pwrite(*descriptor, pid.data(), pid.size(), 0));
  return held;
}

Result<FolderLock> FolderLock::shared(const DataFolder& folder) {
  if (shared_log(folder.path()) != nullptr) return FolderLock(-1, false);  // held by this process for all its parts
  if (::access(folder.lock().c_str(), F_OK) != 0 && errno == ENOENT) return FolderLock(-1, false);
  auto descriptor = lock(folder, O_RDONLY, LOCK_SH);
  if (!descriptor) return descriptor.error();
  return FolderLock(*descriptor, false);
}

FolderLock::~FolderLock() {
  if (descriptor_ < 0) return;
  // A process that lives on must not be taken for the one that holds the folder later.
  if (writes_) static_cast<void>(!::ftruncate(descriptor_, 0));
  ::close(descriptor_);
}

}  // namespace renown::log
