#include "upkeep/kept_files.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <system_error>

#include <fmt/format.h>

#include "log/data_folder.h"

namespace renown::upkeep {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kTokenFolder = "tokens/";
constexpr std::size_t kLongestStem = 64;

bool is_small(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
}
bool is_hex(char c) {
  return (c >= 'a' && c <= 'f') || (c >= '0' && c <= '9');
}

/// The part before `ending`; empty where the name does not end so, or has other letters than a name of ours.
std::string_view stem(std::string_view name, std::string_view ending) {
  if (!name.ends_with(ending)) return {};
  name.remove_suffix(ending.size());
  return name.size() <= kLongestStem && std::ranges::all_of(name, is_small) ? name : std::string_view();
}

/// Derived, locks, and what SQLite and DuckDB keep beside their files while they are open: never in a backup, and
/// nothing to wonder at.
bool is_expected(std::string_view name) {
  constexpr std::array<std::string_view, 8> kNames = {"lock",  "tally",      "pages",       "tokens",
                                                      "spill", "lost+found", kTokenKeyName, "interactions.duckdb.wal"};
  if (std::ranges::find(kNames, name) != kNames.end()) return true;
  return !stem(name, ".sqlite-wal").empty() || !stem(name, ".sqlite-shm").empty() ||
         !stem(name, ".sqlite-journal").empty();
}

bool is_leftover(std::string_view name) {
  constexpr std::array<std::string_view, 4> kNames = {"interactions.duckdb.new", "interactions.duckdb.new.wal",
                                                      "tombstone.key.new", "restore.partial"};
  if (std::ranges::find(kNames, name) != kNames.end()) return true;
  return name.starts_with(".renown-") && name.ends_with(".tmp");  // io::FileWriter's
}

/// Calls visit with the name of each thing in a folder; a folder that is not there has none.
template <class Visit>
Result<void> each_in(const std::string& folder, const Visit& visit) {
  std::error_code why;
  if (!fs::exists(folder, why)) return {};
  for (fs::directory_iterator entry(folder, why), end; !why && entry != end; entry.increment(why)) {
    visit(entry->path().filename().string(), *entry);
  }
  if (!why) return {};
  return Error{ErrorCode::io, fmt::format("cannot look into {}: {}", folder, why.message())};
}

bool is_plain_file(const fs::directory_entry& entry) {
  std::error_code ignored;
  return fs::is_regular_file(entry.symlink_status(ignored));
}

}  // namespace

std::string_view role_name(FileRole role) {
  switch (role) {
    case FileRole::log:
      return "log";
    case FileRole::store:
      return "store";
    case FileRole::key:
      return "key";
    case FileRole::sealed_token:
      return "sealed token";
    case FileRole::token_key:
      return "token key";
  }
  return "";
}

std::optional<FileRole> role_of(std::string_view name) {
  if (name == kLogName) return FileRole::log;
  if (name == kTokenKeyName) return FileRole::token_key;
  if (!stem(name, ".sqlite").empty()) return FileRole::store;
  if (!stem(name, ".key").empty()) return FileRole::key;
  if (!name.starts_with(kTokenFolder)) return std::nullopt;
  const std::string_view digits = stem(name.substr(kTokenFolder.size()), ".sealed");
  return !digits.empty() && std::ranges::all_of(digits, is_hex) ? std::optional(FileRole::sealed_token) : std::nullopt;
}

Result<FolderFiles> list_files(const std::string& data_folder) {
  FolderFiles files;
  const auto note = [&](const std::string& name, const fs::directory_entry& entry) {
    const auto role = role_of(name);
    if (role && *role != FileRole::token_key && is_plain_file(entry)) {
      files.kept.push_back(name);
    } else if (!is_expected(name) && !is_leftover(name)) {
      files.unknown.push_back(name);
    }
  };
  if (auto done = each_in(data_folder, note); !done) return done.error();
  const auto note_token = [&](const std::string& file, const fs::directory_entry& entry) {
    const std::string name = std::string(kTokenFolder) + file;
    if (role_of(name) && is_plain_file(entry)) {
      files.kept.push_back(name);
    } else if (file != "lock" && !is_leftover(file)) {
      files.unknown.push_back(name);
    }
  };
  if (auto done = each_in(log::DataFolder(data_folder).tokens(), note_token); !done) return done.error();
  std::ranges::sort(files.kept, [](const std::string& a, const std::string& b) {
    return std::pair(a != kLogName, a) < std::pair(b != kLogName, b);
  });
  std::ranges::sort(files.unknown);
  return files;
}

Result<std::vector<std::string>> leftovers(const std::string& data_folder) {
  const log::DataFolder folder(data_folder);
  std::vector<std::string> left;
  for (const std::string& place : {folder.path(), folder.tokens()}) {
    auto done = each_in(place, [&](const std::string& name, const fs::directory_entry&) {
      if (is_leftover(name)) left.push_back(place + "/" + name);
    });
    if (!done) return done.error();
  }
  auto done = each_in(folder.spill(), [&](const std::string& name, const fs::directory_entry&) {
    left.push_back(folder.spill() + "/" + name);
  });
  if (!done) return done.error();
  std::ranges::sort(left);
  return left;
}

bool is_work(std::string_view name) {
  if (name == "tokens" || name == kPackedName || role_of(name) || is_leftover(name)) return true;
  return std::ranges::any_of(std::array<std::string_view, 4>{".wal", "-wal", "-shm", "-journal"},
                             [&](std::string_view ending) { return name.ends_with(ending); });
}

std::string unpacking_folder(const std::string& data_folder) {
  return log::DataFolder(data_folder).path() + "/restore.partial";
}

}  // namespace renown::upkeep
