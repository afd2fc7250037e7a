#include "log/key_file.h"

#include <cerrno>
#include <cstdio>
#include <string>
#include <string_view>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

namespace renown::log {
namespace {

constexpr std::size_t kHexDigits = 2 * TombstoneKey::kBytes;

Error io_error(std::string_view doing, const std::string& path, int number) {
  return {ErrorCode::io, fmt::format("cannot {} {}: {}", doing, path, reason_of(number))};
}

Result<void> write_private(const std::string& path, const std::string& text) {
  const int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (descriptor < 0) return io_error("make", path, errno);
  const ssize_t written = ::write(descriptor, text.data(), text.size());
  const bool whole = written == static_cast<ssize_t>(text.size()) && ::fsync(descriptor) == 0;
  const int failed = whole ? 0 : (written >= 0 && errno == 0 ? ENOSPC : errno);
  ::close(descriptor);
  if (whole) return {};
  return io_error("write", path, failed);
}

}  // namespace

Result<TombstoneKey> read_key(const DataFolder& folder) {
  const int descriptor = ::open(folder.key().c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0 && errno == ENOENT) {
    return bad_input(fmt::format(
        "{} is missing: without it erased accounts could come back, so put it back from a backup", folder.key()));
  }
  if (descriptor < 0) return io_error("open", folder.key(), errno);
  char text[kHexDigits + 1] = {};
  const ssize_t length = ::read(descriptor, text, sizeof text);
  const int failed = errno;
  ::close(descriptor);
  if (length < 0) return io_error("read", folder.key(), failed);
  auto key = TombstoneKey::from_hex(std::string_view(text, static_cast<std::size_t>(length)).substr(0, kHexDigits));
  if (!key)
    return bad_input(fmt::format("{} is damaged: {}; put it back from a backup", folder.key(), key.error().message));
  return key;
}

Result<TombstoneKey> read_or_make_key(const DataFolder& folder, const TombstoneKey& fresh) {
  if (::access(folder.key().c_str(), F_OK) == 0) return read_key(folder);
  auto written = write_private(folder.fresh_key(), fresh.hex() + "\n");
  if (!written) return written.error();
  if (std::rename(folder.fresh_key().c_str(), folder.key().c_str()) != 0) return io_error("make", folder.key(), errno);
  auto synced = sync_folder(folder.path());
  if (!synced) return synced.error();
  return fresh;
}

}  // namespace renown::log
