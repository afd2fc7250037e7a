#include "upkeep/manifest.h"

#include <algorithm>
#include <optional>
#include <set>

#include <fmt/format.h>

#include "base/text.h"
#include "base/time.h"
#include "io/json.h"
#include "pipeline/json_text.h"

namespace renown::upkeep {
namespace {

constexpr std::string_view kFormat = "renown backup";
constexpr std::size_t kMostMembers = 100'000;                    ///< tokens are one a source
constexpr std::int64_t kMostBytes = std::int64_t{1} << 50;       ///< of one member: a petabyte
constexpr std::int64_t kMostSmallBytes = std::int64_t{1} << 20;  ///< of a key or a token
constexpr std::size_t kDigestDigits = 64;

bool is_small_file(FileRole role) {
  return role != FileRole::log && role != FileRole::store;
}

std::optional<std::int64_t> natural(io::JsonValue value, std::int64_t most) {
  const auto number = value.integer();
  return number && *number >= 0 && *number <= most ? number : std::nullopt;
}

bool is_digest(std::string_view text) {
  return text.size() == kDigestDigits &&
         std::ranges::all_of(text, [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

Result<BackupMember> parse_member(io::JsonValue value) {
  BackupMember member;
  member.name = value["name"].text();
  const auto role = role_of(member.name);
  if (!role || value["role"].text() != role_name(*role)) {
    return bad_input(fmt::format("it lists '{}', which is nothing that a backup holds", base::printable(member.name)));
  }
  member.role = *role;
  member.sha256 = value["sha256"].text();
  const auto size = natural(value["size_bytes"], is_small_file(*role) ? kMostSmallBytes : kMostBytes);
  const auto version = natural(value["schema_version"], 1'000'000);
  const auto rows = natural(value["rows"], kMostBytes);
  if (!size || !version || !rows || !is_digest(member.sha256)) {
    return bad_input(fmt::format("what it says about {} makes no sense", member.name));
  }
  member.size_bytes = static_cast<std::uint64_t>(*size);
  member.schema_version = *version;
  member.rows = static_cast<std::uint64_t>(*rows);
  return member;
}

bool has(const Manifest& manifest, std::string_view name) {
  return std::ranges::any_of(manifest.members, [&](const BackupMember& member) { return member.name == name; });
}

}  // namespace

const BackupMember* Manifest::find(FileRole role) const {
  const auto found = std::ranges::find(members, role, &BackupMember::role);
  return found == members.end() ? nullptr : &*found;
}

std::uint64_t Manifest::size_bytes() const {
  std::uint64_t sum = 0;
  for (const BackupMember& member : members) sum += member.size_bytes;
  return sum;
}

std::string manifest_json(const Manifest& manifest) {
  pipeline::JsonText json;
  json.begin_object();
  json.text("format", kFormat);
  json.count("version", kBackupVersion);
  json.text("program", manifest.program);
  json.text("made", base::format_time(manifest.made));
  json.begin_array("members");
  for (const BackupMember& member : manifest.members) {
    json.begin_object();
    json.text("name", member.name);
    json.text("role", role_name(member.role));
    json.count("size_bytes", member.size_bytes);
    json.text("sha256", member.sha256);
    json.count("schema_version", static_cast<std::uint64_t>(member.schema_version));
    json.count("rows", member.rows);
    json.end_object();
  }
  json.end_array();
  json.end_object();
  return std::move(json).take();
}

Result<Manifest> parse_manifest(std::string_view text) {
  io::JsonParser parser;
  const auto root = parser.parse(text);
  if (!root) return bad_input("its manifest is damaged: " + root.error().message);
  if ((*root)["format"].text() != kFormat) return bad_input("it is no backup of Renown");
  const auto version = natural((*root)["version"], kMostBytes);
  if (!version || *version == 0) return bad_input("its manifest names no version");
  if (*version > kBackupVersion) {
    return bad_input(fmt::format("it is of version {}, this program restores versions 1 to {}: update Renown", *version,
                                 kBackupVersion));
  }
  Manifest manifest;
  manifest.program = (*root)["program"].text();
  const auto made = base::parse_time((*root)["made"].text());
  if (!made) return bad_input("its manifest does not say when it was made");
  manifest.made = *made;
  std::set<std::string> names;
  for (const io::JsonValue value : (*root)["members"].elements()) {
    auto member = parse_member(value);
    if (!member) return member.error();
    if (!names.insert(member->name).second) return bad_input(fmt::format("it lists {} twice", member->name));
    if (names.size() > kMostMembers) return bad_input(fmt::format("it lists more than {} files", kMostMembers));
    manifest.members.push_back(std::move(*member));
  }
  for (const std::string_view needed : {kLogName, kFolderKeyName}) {
    if (!has(manifest, needed)) return bad_input(fmt::format("it holds no {}", needed));
  }
  return manifest;
}

}  // namespace renown::upkeep
