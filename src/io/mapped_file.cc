#include "io/mapped_file.h"

#include <cerrno>
#include <system_error>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace renown::io {
namespace {

constexpr std::size_t kMostPopulatedBytes = std::size_t{256} << 20;

Error failed(const std::string& path, int number) {
  return {number == ENOENT ? ErrorCode::not_found : ErrorCode::io,
          fmt::format("{} cannot be read: {}", path, std::generic_category().message(number))};
}

Result<std::string_view> map(const std::string& path, int descriptor) {
  struct stat status{};
  if (::fstat(descriptor, &status) != 0) return failed(path, errno);
  if (!S_ISREG(status.st_mode)) return failed(path, EINVAL);
  const auto size_bytes = static_cast<std::size_t>(status.st_size);
  if (size_bytes == 0) return std::string_view();  // nothing can be mapped
  // All pages at once, since those who map a file look at all of it; but not more than fits any machine.
  const int populate = size_bytes <= kMostPopulatedBytes ? MAP_POPULATE : 0;
  void* const at = ::mmap(nullptr, size_bytes, PROT_READ, MAP_PRIVATE | populate, descriptor, 0);
  if (at == MAP_FAILED) return failed(path, errno);
  return std::string_view(static_cast<const char*>(at), size_bytes);
}

}  // namespace

Result<MappedFile> MappedFile::open(const std::string& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return failed(path, errno);
  auto bytes = map(path, descriptor);
  ::close(descriptor);
  if (!bytes) return bytes.error();
  return MappedFile(*bytes);
}

MappedFile::~MappedFile() {
  if (!bytes_.empty()) ::munmap(const_cast<char*>(bytes_.data()), bytes_.size());
}

}  // namespace renown::io
