#include "io/byte_source.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <system_error>

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include "io/packed_source.h"

namespace renown::io {
namespace {

std::string system_reason(int number) {
  return std::generic_category().message(number);
}

/// A file descriptor; owns it unless it is standard input.
class DescriptorSource final : public ByteSource {
 public:
  DescriptorSource(std::string name, int descriptor) : name_(std::move(name)), descriptor_(descriptor) {}
  ~DescriptorSource() override {
    if (descriptor_ != STDIN_FILENO) ::close(descriptor_);
  }
  DescriptorSource(const DescriptorSource&) = delete;
  DescriptorSource& operator=(const DescriptorSource&) = delete;

  std::uint64_t bytes_read() const override { return bytes_read_; }

  Result<std::size_t> read(std::span<char> buffer) override {
    for (;;) {
      const ssize_t count = ::read(descriptor_, buffer.data(), buffer.size());
      if (count >= 0) {
        bytes_read_ += static_cast<std::uint64_t>(count);
        return static_cast<std::size_t>(count);
      }
      if (errno == EINTR || (errno == EAGAIN && wait_for_input())) continue;
      return Error{ErrorCode::io, fmt::format("{} cannot be read on: {}", name_, system_reason(errno))};
    }
  }

 private:
  /// Standard input may have been left in non-blocking mode by whoever shares it.
  bool wait_for_input() const {
    pollfd waiting{descriptor_, POLLIN, 0};
    return ::poll(&waiting, 1, -1) >= 0 || errno == EINTR;
  }

  std::string name_;
  int descriptor_;
  std::uint64_t bytes_read_ = 0;
};

class MemorySource final : public ByteSource {
 public:
  explicit MemorySource(std::string_view bytes) : bytes_(bytes) {}

  std::uint64_t bytes_read() const override { return position_; }

  Result<std::size_t> read(std::span<char> buffer) override {
    const std::size_t count = std::min(buffer.size(), bytes_.size() - position_);
    if (count > 0) std::memcpy(buffer.data(), bytes_.data() + position_, count);
    position_ += count;
    return count;
  }

 private:
  std::string_view bytes_;
  std::size_t position_ = 0;
};

class PrependedSource final : public ByteSource {
 public:
  PrependedSource(std::string head, std::unique_ptr<ByteSource> rest)
      : head_(std::move(head)), rest_(std::move(rest)) {}

  /// The head was read from `rest`, which has counted it.
  std::uint64_t bytes_read() const override { return rest_->bytes_read(); }

  Result<std::size_t> read(std::span<char> buffer) override {
    if (position_ == head_.size()) return rest_->read(buffer);
    const std::size_t count = std::min(buffer.size(), head_.size() - position_);
    std::memcpy(buffer.data(), head_.data() + position_, count);
    position_ += count;
    return count;
  }

 private:
  std::string head_;
  std::size_t position_ = 0;
  std::unique_ptr<ByteSource> rest_;
};

bool is_gzip(std::string_view head) {
  return head.starts_with("\x1f\x8b");
}

/// A zstd frame, or one of its skippable frames, which may come first.
bool is_zstd(std::string_view head) {
  if (head.size() < 4) return false;
  const bool skippable = (static_cast<unsigned char>(head[0]) & 0xf0) == 0x50 && head.substr(1, 3) == "\x2a\x4d\x18";
  return skippable || head.starts_with("\x28\xb5\x2f\xfd");
}

/// Looks at the first bytes and puts the unpacking source around, where one is needed.
Result<std::unique_ptr<ByteSource>> unpack(std::string name, std::unique_ptr<ByteSource> source) {
  auto head = read_head(*source, 4);
  if (!head) return head.error();
  const bool gzip = is_gzip(*head);
  const bool zstd = is_zstd(*head);
  source = prepend(std::move(*head), std::move(source));
  if (gzip) return open_gzip(std::move(name), std::move(source));
  if (zstd) return open_zstd(std::move(name), std::move(source));
  return source;
}

Error open_error(const std::string& path, int number) {
  if (number == ENOENT || number == ENOTDIR) return {ErrorCode::not_found, fmt::format("{} does not exist", path)};
  if (number == EACCES) {
    return {ErrorCode::io, fmt::format("{} cannot be opened: you have no permission to read it", path)};
  }
  return {ErrorCode::io, fmt::format("{} cannot be opened: {}", path, system_reason(number))};
}

/// Plain files, pipes and character devices (/dev/stdin) hold a stream of bytes; nothing else does.
Result<void> check_is_stream(const std::string& path, int descriptor) {
  struct stat status{};
  if (::fstat(descriptor, &status) != 0) return open_error(path, errno);
  if (S_ISDIR(status.st_mode)) return bad_input(fmt::format("{} is a folder: name the files in it", path));
  if (S_ISREG(status.st_mode) || S_ISFIFO(status.st_mode) || S_ISCHR(status.st_mode)) return {};
  return bad_input(fmt::format("{} is neither a file nor a pipe", path));
}

}  // namespace

Result<std::unique_ptr<ByteSource>> open_bytes(const std::string& path) {
  if (path == "-") {
    return unpack("standard input", std::make_unique<DescriptorSource>("standard input", STDIN_FILENO));
  }
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return open_error(path, errno);
  auto source = std::make_unique<DescriptorSource>(path, descriptor);
  if (auto checked = check_is_stream(path, descriptor); !checked) return checked.error();
  return unpack(path, std::move(source));
}

Result<std::unique_ptr<ByteSource>> open_memory(std::string name, std::string_view bytes) {
  return unpack(std::move(name), std::make_unique<MemorySource>(bytes));
}

std::unique_ptr<ByteSource> prepend(std::string head, std::unique_ptr<ByteSource> rest) {
  return std::make_unique<PrependedSource>(std::move(head), std::move(rest));
}

Result<std::string> read_head(ByteSource& source, std::size_t bytes) {
  std::string head(bytes, '\0');
  std::size_t size = 0;
  while (size < bytes) {
    auto count = source.read(std::span(head).subspan(size));
    if (!count) return count.error();
    if (*count == 0) break;
    size += *count;
  }
  head.resize(size);
  return head;
}

}  // namespace renown::io
