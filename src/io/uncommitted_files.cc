#include "io/uncommitted_files.h"

#include <cstdio>
#include <mutex>
#include <set>

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
  // From the end, so that what lies in a folder goes before it.
  for (auto path = files().paths.rbegin(); path != files().paths.rend(); ++path) std::remove(path->c_str());
  files().paths.clear();
}

}  // namespace renown::io
