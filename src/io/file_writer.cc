#include "io/file_writer.h"

#include <atomic>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include "io/uncommitted_files.h"

namespace renown::io {
namespace {

constexpr std::size_t kBufferBytes = std::size_t{256} << 10;
constexpr mode_t kNewFileMode = 0666;  ///< less the umask
constexpr mode_t kPermissionBits = 0777;

/// Where a rename has to end so that a symbolic link stays a link.
std::string behind_links(const std::string& path) {
  std::error_code error;
  if (!std::filesystem::is_symlink(path, error)) return path;
  const std::filesystem::path target = std::filesystem::weakly_canonical(path, error);
  return error ? path : target.string();
}

std::string folder_of(const std::string& path) {
  const std::filesystem::path folder = std::filesystem::path(path).parent_path();
  return folder.empty() ? "." : folder.string();
}

/// A name no other writer of this machine uses at the same time.
std::string temporary_name() {
  static std::atomic<unsigned> count{0};
  return fmt::format(".renown-{}-{}.tmp", ::getpid(), count++);
}

/// Makes a rename in this folder last. Best effort: some file systems cannot sync a folder.
void sync_folder(const std::string& folder) {
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return;
  ::fsync(descriptor);
  ::close(descriptor);
}

}  // namespace

Result<FileWriter> FileWriter::create(const std::string& path) {
  FileWriter writer;
  writer.path_ = path;
  if (path.empty()) return Error{ErrorCode::usage, "the name of a file to write is empty"};

  struct stat status{};
  const bool exists = path != "-" && ::stat(path.c_str(), &status) == 0;
  if (exists && S_ISDIR(status.st_mode)) {
    return Error{ErrorCode::io, fmt::format("{} cannot be written: it is a folder", path)};
  }
  writer.renames_ = path != "-" && (!exists || S_ISREG(status.st_mode));
  auto opened = writer.renames_ ? writer.open_beside() : writer.open_through();
  if (!opened) return opened.error();
  // A file that its owner has protected is not replaced, though the folder would allow it.
  if (exists && writer.renames_) {
    if (::access(path.c_str(), W_OK) != 0) return writer.failed(errno);
    ::fchmod(writer.descriptor_, status.st_mode & kPermissionBits);
  }
  return writer;
}

Result<void> FileWriter::open_through() {
  temporary_path_ = target_ = path_;
  descriptor_ = path_ == "-" ? ::fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 0) : ::open(path_.c_str(), O_WRONLY | O_CLOEXEC);
  if (descriptor_ < 0) return failed(errno);
  return {};
}

Result<void> FileWriter::open_beside() {
  target_ = behind_links(path_);
  const std::string folder = folder_of(target_);
  do {
    temporary_path_ = (std::filesystem::path(folder) / temporary_name()).string();
    descriptor_ = ::open(temporary_path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, kNewFileMode);
  } while (descriptor_ < 0 && errno == EEXIST);  // left behind by a killed process of the same number
  const int number = errno;
  if (descriptor_ >= 0) {
    note_uncommitted_file(temporary_path_);
    return {};
  }
  if (number == ENOENT || number == ENOTDIR) {
    return Error{ErrorCode::io, fmt::format("{} cannot be written: there is no folder {}", path_, folder)};
  }
  return failed(number);
}

FileWriter::FileWriter(FileWriter&& other) noexcept
    : path_(std::move(other.path_)),
      target_(std::move(other.target_)),
      temporary_path_(std::move(other.temporary_path_)),
      buffer_(std::move(other.buffer_)),
      descriptor_(std::exchange(other.descriptor_, -1)),
      finished_(other.finished_),
      renames_(other.renames_) {}

FileWriter::~FileWriter() {
  if (descriptor_ < 0) return;
  close();
  if (!renames_) return;
  ::unlink(temporary_path_.c_str());
  forget_uncommitted_file(temporary_path_);
}

Result<void> FileWriter::write(std::string_view bytes) {
  buffer_ += bytes;
  if (buffer_.size() < kBufferBytes) return {};
  return flush();
}

Result<void> FileWriter::flush() {
  std::string_view rest = buffer_;
  while (!rest.empty()) {
    const ssize_t count = ::write(descriptor_, rest.data(), rest.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return failed(errno);
    rest.remove_prefix(static_cast<std::size_t>(count));
  }
  buffer_.clear();
  return {};
}

Result<void> FileWriter::sync() {
  // Opened anew: a library that writes the file itself may have put another one in its place.
  const int descriptor = ::open(temporary_path_.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return failed(errno);
  const int status = ::fsync(descriptor);
  const int number = errno;
  ::close(descriptor);
  if (status != 0) return failed(number);
  return {};
}

Result<void> FileWriter::finish() {
  if (auto flushed = flush(); !flushed) return flushed;
  if (renames_) {
    if (auto synced = sync(); !synced) return synced;
  }
  finished_ = true;
  return {};
}

Result<void> FileWriter::commit() {
  if (!finished_) {
    if (auto finished = finish(); !finished) return finished;
  }
  if (renames_) {
    if (std::rename(temporary_path_.c_str(), target_.c_str()) != 0) return failed(errno);
    forget_uncommitted_file(temporary_path_);
    sync_folder(folder_of(target_));
  }
  close();
  return {};
}

Error FileWriter::failed(int number) const {
  std::string reason = std::generic_category().message(number);
  if (number == ENOSPC || number == EDQUOT) reason = "the disk is full";
  if (number == EACCES || number == EPERM || number == EROFS) reason = "you have no permission to write there";
  if (number == EPIPE) reason = "whoever was reading it has stopped";
  const std::string_view kept = renames_ && !target_.empty() ? "; a file already there is as it was" : "";
  return {ErrorCode::io,
          fmt::format("{} cannot be written: {}{}", path_ == "-" ? "standard output" : path_, reason, kept)};
}

void FileWriter::close() {
  ::close(descriptor_);
  descriptor_ = -1;
}

}  // namespace renown::io
