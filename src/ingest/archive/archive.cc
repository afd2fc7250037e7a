#include "ingest/archive/archive.h"

#include <filesystem>

#include <fmt/format.h>

#include "ingest/archive/packed_archive.h"
#include "ingest/archive/unpacked_folder.h"
#include "io/byte_source.h"

namespace renown::ingest::archive {
namespace {

constexpr std::size_t kTarBlockBytes = 512;
constexpr std::size_t kTarMagicAt = 257;

/// A zip without any member is the end of its directory and nothing else.
bool is_empty_zip(std::string_view head) {
  return head.starts_with("PK\x05\x06");
}

}  // namespace

bool looks_like_zip(std::string_view head) {
  return head.starts_with("PK\x03\x04") || is_empty_zip(head);
}

bool looks_like_tar(std::string_view head) {
  return head.size() >= kTarBlockBytes && head.substr(kTarMagicAt, 5) == "ustar";
}

Result<std::unique_ptr<Archive>> open_archive(const std::string& path, ArchiveLimits limits) {
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored)) return open_folder(path, limits);
  auto source = io::open_bytes(path);  // its sentences for what is missing or no file
  if (!source) return source.error();
  const auto head = io::read_head(**source, kTarBlockBytes);
  if (!head) return head.error();
  if (is_empty_zip(*head)) return open_packed(path, Packing::empty_zip, limits);
  if (looks_like_zip(*head)) return open_packed(path, Packing::zip, limits);
  if (looks_like_tar(*head)) return open_packed(path, Packing::tar, limits);
  return bad_input(fmt::format(
      "{} is no archive: neither a zip nor a tar (plain or .tar.gz), nor the folder of an unpacked one", path));
}

}  // namespace renown::ingest::archive
