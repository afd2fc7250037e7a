#include "log/data_folder.h"

#include <array>
#include <cerrno>
#include <filesystem>
#include <string_view>
#include <system_error>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

namespace renown::log {
namespace {

namespace fs = std::filesystem;

Error io_error(const std::string& doing, const std::string& path, const std::error_code& why) {
  return {ErrorCode::io, fmt::format("cannot {} {}: {}", doing, path, why.message())};
}

/// What may lie in a folder whose making was cut short, and what a file system puts into its root.
bool belongs(std::string_view name) {
  constexpr std::array<std::string_view, 9> kNames = {
      "lock",  "tombstone.key", "tombstone.key.new", "interactions.duckdb.new", "interactions.duckdb.new.wal", "spill",
      "tally", "tokens",        "lost+found"};
  for (const std::string_view known : kNames) {
    if (name == known) return true;
  }
  return false;
}

Result<void> sync_path(const std::string& path, int flags) {
  const int descriptor = ::open(path.c_str(), flags | O_CLOEXEC);
  if (descriptor < 0) return Error{ErrorCode::io, fmt::format("cannot open {}: {}", path, reason_of(errno))};
  const int failed = ::fsync(descriptor) == 0 ? 0 : errno;
  ::close(descriptor);
  if (failed == 0) return {};
  return Error{ErrorCode::io, fmt::format("cannot write {} to the disk: {}", path, reason_of(failed))};
}

}  // namespace

DataFolder::DataFolder(std::string path) : path_(std::move(path)) {
  while (path_.size() > 1 && path_.back() == '/') path_.pop_back();
}

bool DataFolder::has_database() const {
  std::error_code ignored;
  return fs::exists(database(), ignored);
}

Result<void> DataFolder::make() const {
  std::error_code why;
  if (!fs::exists(path_, why)) {
    const fs::path parent = fs::path(path_).parent_path();
    if (!parent.empty()) fs::create_directories(parent, why);
    if (why) return io_error("make the folder", parent.string(), why);
    if (::mkdir(path_.c_str(), 0700) == 0) return {};
    if (errno != EEXIST)
      return Error{ErrorCode::io, fmt::format("cannot make the folder {}: {}", path_, reason_of(errno))};
  }
  if (!fs::is_directory(path_, why))
    return bad_input(fmt::format("{} is not a folder: name another data folder", path_));
  if (has_database()) return {};
  fs::directory_iterator entries(path_, why);
  if (why) return io_error("look into", path_, why);
  for (const auto& entry : entries) {
    if (belongs(entry.path().filename().string())) continue;
    return bad_input(
        fmt::format("{} is not empty and no data folder of Renown: name an empty folder, or a new one", path_));
  }
  return {};
}

Result<void> DataFolder::check() const {
  std::error_code why;
  const fs::file_status status = fs::status(path_, why);
  if (status.type() == fs::file_type::not_found) {
    return Error{ErrorCode::not_found,
                 fmt::format("there is no data folder {}: renown import or renown connect add makes one", path_)};
  }
  if (why) return io_error("look into", path_, why);
  if (fs::exists(database(), why)) return {};
  if (why) return io_error("look into", path_, why);
  return Error{ErrorCode::not_found,
               fmt::format("{} is not a data folder of Renown: it has no interactions.duckdb", path_)};
}

Result<void> DataFolder::remove_leftovers() const {
  for (const std::string& leftover : {fresh_database(), fresh_database() + ".wal", fresh_key(), spill()}) {
    std::error_code why;
    fs::remove_all(leftover, why);
    if (why) return io_error("remove", leftover, why);
  }
  return {};
}

Result<void> DataFolder::remove_derived() const {
  bool was_there = false;
  for (const std::string& derived : {tally(), pages()}) {
    std::error_code why;
    was_there = fs::remove_all(derived, why) > 0 || was_there;
    if (why) return io_error("remove", derived, why);
  }
  return was_there ? sync_folder(path_) : Result<void>();
}

Result<void> sync_folder(const std::string& path) {
  return sync_path(path, O_RDONLY | O_DIRECTORY);
}
Result<void> sync_file(const std::string& path) {
  return sync_path(path, O_RDONLY);
}

std::string reason_of(int number) {
  return std::error_code(number, std::generic_category()).message();
}

}  // namespace renown::log
