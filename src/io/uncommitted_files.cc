#include "io/uncommitted_files.h"

#include <mutex>
#include <set>

#include <unistd.h>

namespace renown::io {
namespace {

struct Files {
  std::mutex lock;
  std::set<std::string> paths;
};

/// Never destroyed: a thread may still be writing while the process ends.
Files& files() {
  static Files& all = *new Files;
  return all;
}

}  // namespace

void note_uncommitted_file(const std::string& path) {
  const std::lock_guard guard(files().lock);
  files().paths.insert(path);
}

void forget_uncommitted_file(const std::string& path) {
  const std::lock_guard guard(files().lock);
  files().paths.erase(path);
}

void remove_uncommitted_files() {
  const std::lock_guard guard(files().lock);
  for (const std::string& path : files().paths) ::unlink(path.c_str());
  files().paths.clear();
}

}  // namespace renown::io
