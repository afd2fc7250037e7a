#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string_view>

#include <fmt/format.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "base/time.h"
#include "log/data_folder.h"
#include "log/folder_lock.h"
#include "upkeep/checks.h"
#include "upkeep/kept_files.h"

namespace renown::upkeep {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kMegabyte = std::uint64_t{1} << 20;
constexpr std::uint64_t kLeastFreeBytes = 256 * kMegabyte;    ///< below, the next sync may meet a full disk
constexpr std::uint64_t kLeastMemoryBytes = 512 * kMegabyte;  ///< below, DuckDB spills and scoring may not fit
constexpr std::int64_t kOldestNow = 1'735'689'600;            ///< 2025-01-01: this program did not exist before
constexpr std::int64_t kClockSlack = 300;                     ///< seconds two clocks may be apart

/// "MemAvailable:  123 kB" of /proc/meminfo, or of a control group's limit: bytes, or nothing where there is no such.
std::optional<std::uint64_t> available_memory() {
  std::ifstream file("/proc/meminfo");
  for (std::string name, unit; file >> name;) {
    std::uint64_t kilobytes = 0;
    file >> kilobytes;
    std::getline(file, unit);
    if (name == "MemAvailable:") return kilobytes << 10;
  }
  return std::nullopt;
}

/// What the service's control group may still take: systemd's MemoryMax=.
std::optional<std::uint64_t> group_memory() {
  std::ifstream place_file("/proc/self/cgroup");
  std::string place;
  std::getline(place_file, place);
  if (!place.starts_with("0::")) return std::nullopt;
  const std::string folder = "/sys/fs/cgroup" + place.substr(3);
  std::uint64_t most = 0, used = 0;
  std::ifstream most_file(folder + "/memory.max"), used_file(folder + "/memory.current");
  if (!(most_file >> most) || !(used_file >> used)) return std::nullopt;  // "max": there is no limit
  return most > used ? most - used : 0;
}

std::uint64_t size_of(const std::string& path) {
  std::error_code why;
  const auto size = fs::file_size(path, why);
  return why ? 0 : size;
}

std::string others_may(const std::string& path, mode_t mode) {
  return fmt::format("others may read or enter {} (mode {:03o})", path, mode & 0777);
}

}  // namespace

Finding check_permissions(const std::string& data_folder) {
  const auto files = list_files(data_folder);
  if (!files) return {"permissions", Health::wrong, files.error().message, "let the service's user own the folder"};
  struct stat status{};
  if (::stat(data_folder.c_str(), &status) != 0) {
    return {"permissions", Health::wrong, log::reason_of(errno), "let the service's user own the folder"};
  }
  // A folder that nobody else may enter hides all that is in it.
  if ((status.st_mode & 077) != 0) {
    return {"permissions", Health::wrong, others_may(data_folder, status.st_mode), "chmod 700 " + data_folder};
  }
  for (const std::string& name : files->kept) {
    const std::string path = data_folder + "/" + name;
    if (::access(path.c_str(), R_OK) != 0) {
      return {"permissions", Health::wrong, fmt::format("{} cannot be read: {}", path, log::reason_of(errno)),
              "let the user that runs Renown own all files of the folder"};
    }
  }
  if (::access(data_folder.c_str(), W_OK) != 0) {
    return {"permissions", Health::note, "you may read the folder and not write it",
            "nothing, if that is meant; a service needs to write"};
  }
  if (!files->unknown.empty()) {
    return {"permissions", Health::note,
            fmt::format("{} is nothing of Renown, and no backup holds it", files->unknown.front()),
            "keep it elsewhere"};
  }
  return {"permissions", Health::well, "nobody but you may look into the folder"};
}

Finding check_disk(const std::string& data_folder) {
  struct statvfs disk{};
  if (::statvfs(data_folder.c_str(), &disk) != 0) {
    return {"disk", Health::wrong, log::reason_of(errno), "look after the disk"};
  }
  const log::DataFolder folder(data_folder);
  const std::uint64_t free = static_cast<std::uint64_t>(disk.f_bavail) * disk.f_frsize;
  const std::uint64_t log_size = size_of(folder.database()) + size_of(folder.database_wal());
  const std::string found =
      fmt::format("{} MB are free, the log has {} MB", free / kMegabyte, (log_size + kMegabyte - 1) / kMegabyte);
  if (free < kLeastFreeBytes) return {"disk", Health::wrong, found, "make room: what cannot be written is not kept"};
  if (free < log_size + kLeastFreeBytes) {
    return {"disk", Health::wrong, found, "make room for a second log: renown erase writes the log anew"};
  }
  return {"disk", Health::well, found};
}

Finding check_memory() {
  const auto machine = available_memory();
  if (!machine) return {"memory", Health::note, "the system does not say how much is free", "nothing"};
  const std::uint64_t free = std::min(*machine, group_memory().value_or(*machine));
  const std::string found = fmt::format("{} MB are free", free / kMegabyte);
  if (free >= kLeastMemoryBytes) return {"memory", Health::well, found};
  return {"memory", Health::wrong, found, "give Renown 512 MB or more, or run score and import with --memory 256M"};
}

Finding check_clock(std::int64_t now, std::int64_t latest) {
  if (now < kOldestNow || now > base::kMaxTime) {
    return {"clock", Health::wrong, "the clock shows a time before this program was written, or none",
            "set it: scores fade by it"};
  }
  const std::string shown = base::format_time(now);
  if (latest > now + kClockSlack) {
    return {"clock", Health::wrong,
            fmt::format("it shows {}, but the folder was written at {}", shown, base::format_time(latest)),
            "set it: either it is slow now, or it was fast then"};
  }
  return {"clock", Health::well, shown};
}

Finding check_leftovers(const std::string& data_folder, bool fix) {
  const auto left = leftovers(data_folder);
  if (!left) return {"leftovers", Health::wrong, left.error().message, "let the service's user own the folder"};
  if (left->empty()) return {"leftovers", Health::well, "no process left work half done"};
  const std::string found =
      fmt::format("{} and {} more are left of work that was cut short", left->front(), left->size() - 1);
  // Only under the lock are they known to be nobody's.
  const auto lock = log::FolderLock::exclusive(log::DataFolder(data_folder));
  if (!lock) return {"leftovers", Health::note, found, "nothing, if it is the work of the process that runs now"};
  if (!fix) return {"leftovers", Health::wrong, found, "renown doctor --fix removes them"};
  for (const std::string& path : *left) {
    std::error_code why;
    fs::remove_all(path, why);
    if (why) return {"leftovers", Health::wrong, fmt::format("{} stays: {}", path, why.message()), "remove it"};
  }
  return {"leftovers", Health::well,
          fmt::format("{} were left of work that was cut short, and are removed", left->size())};
}

}  // namespace renown::upkeep
