#include "cli/standard_streams.h"

#include <cerrno>
#include <cstdio>
#include <system_error>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

namespace renown::cli {
namespace {

struct StandardStream {
  int descriptor;
  int flags;  ///< /dev/null is opened with
};

// The other direction than the stream's own, so that using it is an error as it was before. The error stream alone
// swallows what it is told: there is nobody to complain to.
constexpr StandardStream kStandardStreams[] = {
    {STDIN_FILENO, O_WRONLY}, {STDOUT_FILENO, O_RDONLY}, {STDERR_FILENO, O_WRONLY}};

}  // namespace

void open_missing_streams() {
  for (const auto& [descriptor, flags] : kStandardStreams) {
    if (::fcntl(descriptor, F_GETFD) >= 0) continue;
    const int opened = ::open("/dev/null", flags);  // takes the lowest free number, which is this one
    if (opened >= 0 && opened != descriptor) ::close(opened);
  }
}

Result<void> flush_standard_output() {
  errno = 0;
  if (std::fflush(stdout) == 0 && std::ferror(stdout) == 0) return {};
  const std::string reason = errno != 0 ? std::generic_category().message(errno) : "writing failed";
  return Error{ErrorCode::io, fmt::format("standard output cannot be written: {}", reason)};
}

}  // namespace renown::cli
