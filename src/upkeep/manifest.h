/// Manifest: what a backup holds, as its first member says.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "renown/result.h"

#include "upkeep/kept_files.h"

namespace renown::upkeep {

/// Raised with every change of what a backup is; a program restores those up to its own version.
inline constexpr std::int64_t kBackupVersion = 1;

/// Its name in the archive; always the first member.
inline constexpr std::string_view kManifestName = "manifest.json";

struct BackupMember {
  std::string name;  ///< relative to the data folder
  FileRole role = FileRole::log;
  std::uint64_t size_bytes = 0;
  std::string sha256 = {};          ///< 64 lower-case hexadecimal digits
  std::int64_t schema_version = 0;  ///< of log and stores
  std::uint64_t rows = 0;           ///< of log and stores: interactions, rows of all tables
  bool operator==(const BackupMember&) const = default;
};

struct Manifest {
  std::string program;    ///< version of the Renown that wrote it
  std::int64_t made = 0;  ///< unix seconds
  std::vector<BackupMember> members = {};
  bool operator==(const Manifest&) const = default;

  const BackupMember* find(FileRole role) const;  ///< the first of that role, or null
  std::uint64_t size_bytes() const;               ///< of all members, unpacked
};

std::string manifest_json(const Manifest& manifest);

/// Takes what manifest_json gives and refuses all else: names without a role, two of a name, a backup without a log or
/// its key, sizes that no disk has.
///
/// errors  bad_input, as one clause
Result<Manifest> parse_manifest(std::string_view json);

}  // namespace renown::upkeep
