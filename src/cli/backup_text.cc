#include "cli/backup_text.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"
#include "base/time.h"
#include "pipeline/json_text.h"

namespace renown::cli {

std::string backup_text(const Terminal& terminal, std::string_view done, const upkeep::Manifest& manifest,
                        std::uint64_t size_bytes) {
  using upkeep::FileRole;
  const auto count = [&](FileRole role) {
    return std::ranges::count(manifest.members, role, &upkeep::BackupMember::role);
  };
  const upkeep::BackupMember* log = manifest.find(FileRole::log);
  std::string text = fmt::format("{} {} interactions, {} stores, {} sealed tokens in {} bytes; made {} by renown {}\n",
                                 terminal.bold(done), grouped(log == nullptr ? 0 : log->rows), count(FileRole::store),
                                 count(FileRole::sealed_token), grouped(size_bytes), base::format_time(manifest.made),
                                 base::printable(manifest.program));
  if (count(FileRole::token_key) > 0) {
    text += "It holds the key of the tokens: whoever has the file can read what they read.\n";
  } else if (count(FileRole::sealed_token) > 0) {
    text += "The key of the tokens is not in it: keep that elsewhere, or log in again after a restore.\n";
  }
  return text;
}

std::string backup_json(const upkeep::Manifest& manifest, std::uint64_t size_bytes) {
  pipeline::JsonText json;
  json.begin_object();
  json.count("size_bytes", size_bytes);
  json.raw("manifest", upkeep::manifest_json(manifest));
  json.end_object();
  return std::move(json).take();
}

}  // namespace renown::cli
