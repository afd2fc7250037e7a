#include "upkeep/working_folder.h"

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <system_error>
#include <vector>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"
#include "io/uncommitted_files.h"
#include "log/data_folder.h"
#include "upkeep/kept_files.h"

namespace renown::upkeep {
namespace {

namespace fs = std::filesystem;

Error cannot_make(const std::string& path, int number) {
  return {ErrorCode::io, fmt::format("cannot make the folder {}: {}", path, log::reason_of(number))};
}

Result<int> lock(const std::string& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  if (descriptor < 0) return cannot_make(path, errno);
  if (::flock(descriptor, LOCK_EX | LOCK_NB) == 0) return descriptor;
  const int number = errno;
  ::close(descriptor);
  if (number != EWOULDBLOCK) return cannot_make(path, number);
  return Error{ErrorCode::busy, fmt::format("another process is working in {}: try again when it has finished", path)};
}

/// Removes what a killed process left. A folder of somebody else's is not touched.
Result<void> empty(const std::string& path) {
  std::error_code why;
  std::vector<fs::path> left;
  for (fs::directory_iterator entry(path, why), end; !why && entry != end; entry.increment(why)) {
    if (!is_work(entry->path().filename().string())) {
      return bad_input(fmt::format("{} holds {}, which no backup or restore has left there: move it away", path,
                                   base::printable(entry->path().filename().string())));
    }
    left.push_back(entry->path());
  }
  for (const fs::path& each : left) fs::remove_all(each, why);
  if (!why) return {};
  return Error{ErrorCode::io, fmt::format("cannot empty {}: {}", path, why.message())};
}

}  // namespace

Result<WorkingFolder> WorkingFolder::make(const std::string& path) {
  if (::mkdir(path.c_str(), 0700) != 0 && errno != EEXIST) return cannot_make(path, errno);
  auto descriptor = lock(path);
  if (!descriptor) return descriptor.error();
  if (auto emptied = empty(path); !emptied) {
    ::close(*descriptor);
    return emptied.error();
  }
  ::fchmod(*descriptor, 0700);
  io::note_uncommitted_file(path);
  return WorkingFolder(path, *descriptor);
}

Result<WorkingFolder> WorkingFolder::make_below(const std::string& parent) {
  std::string path = parent + "/renown-XXXXXX";
  if (::mkdtemp(path.data()) == nullptr) return cannot_make(path, errno);
  return make(path);
}

WorkingFolder::~WorkingFolder() {
  if (descriptor_ < 0) return;
  std::error_code why;
  for (fs::recursive_directory_iterator entry(path_, why), end; !why && entry != end; entry.increment(why)) {
    io::forget_uncommitted_file(entry->path().string());
  }
  io::forget_uncommitted_file(path_);
  std::error_code ignored;
  fs::remove_all(path_, ignored);
  ::close(descriptor_);
}

std::string WorkingFolder::file(const std::string& name) const {
  std::string path = path_ + "/" + name;
  io::note_uncommitted_file(path);
  return path;
}

}  // namespace renown::upkeep
