#include "upkeep/restore.h"

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <vector>

#include <fmt/format.h>
#include <sys/stat.h>

#include "io/file_writer.h"
#include "log/data_folder.h"
#include "log/folder_lock.h"
#include "upkeep/unpack.h"
#include "upkeep/working_folder.h"

// The order in which a restore happens, so that a kill at any point leaves a data folder or none:
//   1. the folder is made where it is absent, and locked; all is unpacked into restore.partial inside it, synced,
//      compared and opened
//   2. the token key is put in its place outside, where the backup holds it
//   3. all files but the log are renamed into the folder
//   4. the log is renamed into it: this is the moment, for a folder without a log is none
//   5. restore.partial, which is empty, is removed
// A folder with restore.partial and without a log is one that was killed before 4: nothing in it is anybody's.
namespace renown::upkeep {
namespace {

namespace fs = std::filesystem;

Error io_error(std::string_view doing, const std::string& path, const std::string& reason) {
  return {ErrorCode::io, fmt::format("cannot {} {}: {}", doing, path, reason)};
}

/// The names in a folder that say it is in use.
Result<std::vector<std::string>> contents(const std::string& path) {
  std::vector<std::string> names;
  std::error_code why;
  for (fs::directory_iterator entry(path, why), end; !why && entry != end; entry.increment(why)) {
    const std::string name = entry->path().filename().string();
    if (name != "lock" && name != "lost+found") names.push_back(name);
  }
  if (why) return io_error("look into", path, why.message());
  return names;
}

class Restore {
 public:
  Restore(const RestoreRequest& request, pipeline::Progress& progress)
      : request_(request), progress_(progress), folder_(request.data_folder) {}

  Result<RestoreReport> run() {
    auto done = in_folder();
    if (!done && made_ && !complete_) {
      std::error_code ignored;
      fs::remove(folder_.lock(), ignored);
      fs::remove(folder_.path(), ignored);
    }
    if (!done) return done.error();
    return std::move(report_);
  }

 private:
  Result<void> in_folder() {
    if (auto ready = make_folder(); !ready) return ready;
    auto lock = log::FolderLock::exclusive(folder_);
    if (!lock) return lock.error();
    if (auto cleared = clear(); !cleared) return cleared;
    auto working = WorkingFolder::make(unpacking_folder(folder_.path()));
    if (!working) return working.error();
    auto unpacked = unpack(request_.backup_file, working->path(), progress_);
    if (!unpacked) return unpacked.error();
    report_.manifest = std::move(unpacked->manifest);
    report_.size_bytes = unpacked->size_bytes;
    if (auto good = look_into(report_.manifest, working->path(), request_.depth, progress_); !good) return good;
    if (auto placed = place_token_key(working->path()); !placed) return placed;
    const auto moved = move_in(working->path());
    if (!moved && !complete_) static_cast<void>(!clear_members());
    return moved;
  }

  Result<void> make_folder() {
    std::error_code why;
    if (fs::exists(folder_.path(), why)) {
      if (fs::is_directory(folder_.path(), why)) return {};
      return bad_input(fmt::format("{} is not a folder: name another data folder", folder_.path()));
    }
    const fs::path parent = fs::path(folder_.path()).parent_path();
    if (!parent.empty()) fs::create_directories(parent, why);
    if (why) return io_error("make the folder", parent.string(), why.message());
    if (::mkdir(folder_.path().c_str(), 0700) != 0) {
      return io_error("make the folder", folder_.path(), log::reason_of(errno));
    }
    made_ = true;
    return {};
  }

  /// Under the lock: nothing may be there but what a killed restore left.
  Result<void> clear() {
    const auto names = contents(folder_.path());
    if (!names) return names.error();
    if (names->empty()) return {};
    if (folder_.has_database()) {
      return bad_input(
          fmt::format("{} is a data folder already: a backup is restored into an empty or new folder, and "
                      "never over another",
                      folder_.path()));
    }
    std::error_code ignored;
    if (!fs::exists(unpacking_folder(folder_.path()), ignored)) {
      return bad_input(
          fmt::format("{} is not empty: a backup is restored into an empty or new folder", folder_.path()));
    }
    return clear_members();
  }

  /// Removes what has been renamed into the folder.
  Result<void> clear_members() {
    const auto names = contents(folder_.path());
    if (!names) return names.error();
    for (const std::string& name : *names) {
      if (name != "tokens" && !role_of(name)) continue;
      std::error_code why;
      fs::remove_all(folder_.path() + "/" + name, why);
      if (why) return io_error("remove", folder_.path() + "/" + name, why.message());
    }
    return {};
  }

  Result<void> place_token_key(const std::string& unpacked) {
    if (report_.manifest.find(FileRole::token_key) == nullptr) return {};
    const std::string from = unpacked + "/" + std::string(kTokenKeyName), &to = request_.token_key_file;
    std::ifstream key_file(from, std::ios::binary);
    const std::string key{std::istreambuf_iterator<char>(key_file), {}};
    std::error_code why;
    if (fs::exists(to, why)) {
      std::ifstream there_file(to, std::ios::binary);
      if (std::string{std::istreambuf_iterator<char>(there_file), {}} == key) return {};
      return Error{ErrorCode::usage, fmt::format("{} is another key of tokens than the one in the backup: name another "
                                                 "place for that with --token-key",
                                                 to)};
    }
    fs::create_directories(fs::path(to).parent_path(), why);
    auto file = io::FileWriter::create(to);
    if (!file) return file.error();
    if (::chmod(file->temporary_path().c_str(), 0600) != 0) return io_error("keep from others", to, "");
    if (auto written = file->write(key); !written) return written;
    if (auto placed = file->commit(); !placed) return placed;
    report_.wrote_token_key = true;
    return {};
  }

  Result<void> move_in(const std::string& unpacked) {
    std::error_code why;
    for (const BackupMember& member : report_.manifest.members) {
      if (member.role == FileRole::log || member.role == FileRole::token_key) continue;
      if (member.role == FileRole::sealed_token && ::mkdir(folder_.tokens().c_str(), 0700) != 0 && errno != EEXIST) {
        return io_error("make the folder", folder_.tokens(), log::reason_of(errno));
      }
      fs::rename(unpacked + "/" + member.name, folder_.path() + "/" + member.name, why);
      if (why) return io_error("put in place", folder_.path() + "/" + member.name, why.message());
    }
    if (fs::exists(folder_.tokens(), why)) {
      if (auto synced = log::sync_folder(folder_.tokens()); !synced) return synced;
    }
    if (auto synced = log::sync_folder(folder_.path()); !synced) return synced;
    fs::rename(unpacked + "/" + std::string(kLogName), folder_.database(), why);
    if (why) return io_error("put in place", folder_.database(), why.message());
    complete_ = true;
    return log::sync_folder(folder_.path());
  }

  const RestoreRequest& request_;
  pipeline::Progress& progress_;
  log::DataFolder folder_;
  RestoreReport report_;
  bool made_ = false;      ///< the folder, by us
  bool complete_ = false;  ///< it is a data folder
};

}  // namespace

Result<RestoreReport> restore(const RestoreRequest& request, pipeline::Progress& progress) {
  return Restore(request, progress).run();
}

Result<RestoreReport> verify_backup(const std::string& backup_file, const std::string& scratch,
                                    pipeline::Progress& progress) {
  auto working = WorkingFolder::make_below(scratch);
  if (!working) return working.error();
  auto unpacked = unpack(backup_file, working->path(), progress);
  if (!unpacked) return unpacked.error();
  if (auto good = look_into(unpacked->manifest, working->path(), Depth::whole, progress); !good) return good.error();
  return RestoreReport{std::move(unpacked->manifest), unpacked->size_bytes, false};
}

}  // namespace renown::upkeep
