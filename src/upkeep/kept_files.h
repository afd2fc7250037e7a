/// Which files of a data folder a backup holds: one table for backing up, restoring and looking after it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "renown/result.h"

namespace renown::upkeep {

enum class FileRole {
  log,           ///< interactions.duckdb
  store,         ///< NAME.sqlite
  key,           ///< NAME.key: secrets of the folder itself, without which it does not open
  sealed_token,  ///< tokens/HEX.sealed
  token_key,     ///< what opens sealed tokens; stands elsewhere, and is in a backup only when asked for
};

/// "log", "store", ... as manifests have them.
std::string_view role_name(FileRole role);

inline constexpr std::string_view kLogName = "interactions.duckdb";
inline constexpr std::string_view kFolderKeyName = "tombstone.key";
inline constexpr std::string_view kTokenKeyName = "token.key";

/// A backup while it is written, in the folder where that is done.
inline constexpr std::string_view kPackedName = "packed";

/// What a file of this name, relative to its data folder, is; nothing for all that a backup never holds. A name that
/// has a role leads nowhere: small letters, digits, '_' and '-', at most the one folder.
std::optional<FileRole> role_of(std::string_view name);

/// What lies in a data folder.
struct FolderFiles {
  std::vector<std::string> kept;     ///< names with a role, the log first, then in byte order; no token key
  std::vector<std::string> unknown;  ///< names that are nothing of Renown
};

/// errors  io
Result<FolderFiles> list_files(const std::string& data_folder);

/// What a killed process left in a data folder: paths, files and folders. They are of no use to anybody, but only who
/// holds the folder's lock for writing can tell them from the work of a living one. errors  io
Result<std::vector<std::string>> leftovers(const std::string& data_folder);

/// Whether a file or folder of that name is what a backup or restore that was cut short leaves where it worked.
bool is_work(std::string_view name);

/// Where a restore unpacks, inside the data folder.
std::string unpacking_folder(const std::string& data_folder);

}  // namespace renown::upkeep
