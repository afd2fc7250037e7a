#include "log/shared_logs.h"

#include <filesystem>
#include <map>
#include <mutex>

#include "log/open_log.h"

namespace renown::log {
namespace {

struct SharedLogs {
  std::mutex mutex;
  std::map<std::string, std::weak_ptr<OpenLog>> by_folder;
};

SharedLogs& shared_logs() {
  static SharedLogs logs;
  return logs;
}

std::string one_spelling(const std::string& path) {
  std::error_code failed;
  const auto canonical = std::filesystem::canonical(path, failed);
  return failed ? path : canonical.string();
}

}  // namespace

void share_log(const std::shared_ptr<OpenLog>& log) {
  SharedLogs& logs = shared_logs();
  const std::lock_guard lock(logs.mutex);
  std::erase_if(logs.by_folder, [](const auto& entry) { return entry.second.expired(); });
  logs.by_folder[one_spelling(log->folder.path())] = log;
}

std::shared_ptr<OpenLog> shared_log(const std::string& folder) {
  SharedLogs& logs = shared_logs();
  const std::lock_guard lock(logs.mutex);
  if (logs.by_folder.empty()) return nullptr;
  const auto found = logs.by_folder.find(one_spelling(folder));
  return found == logs.by_folder.end() ? nullptr : found->second.lock();
}

}  // namespace renown::log
