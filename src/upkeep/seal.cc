#include "upkeep/seal.h"

#include <array>
#include <cerrno>
#include <cstdio>
#include <memory>
#include <vector>

#include <fmt/format.h>
#include <sys/stat.h>

#include "base/digest.h"
#include "base/freed_by.h"
#include "log/data_folder.h"

namespace renown::upkeep {
namespace {

constexpr std::string_view kHead("\x5B\x2A\x4D\x18\x48\0\0\0RNBACKUP", 16);
constexpr std::string_view kZstdMagic("\x28\xB5\x2F\xFD", 4);
constexpr std::size_t kPieceBytes = std::size_t{1} << 20;

using File = std::unique_ptr<std::FILE, base::FreedBy<std::fclose>>;

Error unreadable(const std::string& path, int number) {
  const ErrorCode code = number == ENOENT ? ErrorCode::not_found : ErrorCode::io;
  return {code, fmt::format("cannot read {}: {}", path, log::reason_of(number))};
}

Error no_backup(const std::string& path) {
  return bad_input(fmt::format("{} is not a backup of Renown, or its end is missing: take another copy", path));
}

}  // namespace

std::string seal_of(std::string_view sha256) {
  return std::string(kHead).append(sha256);
}

Result<std::uint64_t> check_seal(const std::string& path, const std::function<bool(std::uint64_t)>& go_on) {
  const File file(std::fopen(path.c_str(), "rbe"));
  if (!file) return unreadable(path, errno);
  struct stat status{};
  if (::fstat(::fileno(file.get()), &status) != 0) return unreadable(path, errno);
  if (!S_ISREG(status.st_mode)) return bad_input(fmt::format("{} is no plain file: a backup is read twice", path));
  const auto size = static_cast<std::uint64_t>(status.st_size);
  if (size < kSealBytes + kZstdMagic.size()) return no_backup(path);

  base::Sha256 digest;
  std::vector<char> piece(kPieceBytes);
  const std::uint64_t sealed = size - kSealBytes;
  for (std::uint64_t done = 0; done < sealed;) {
    const std::size_t wanted = static_cast<std::size_t>(std::min<std::uint64_t>(kPieceBytes, sealed - done));
    if (std::fread(piece.data(), 1, wanted, file.get()) != wanted) return unreadable(path, errno == 0 ? EIO : errno);
    if (done == 0 && !std::string_view(piece.data(), wanted).starts_with(kZstdMagic)) return no_backup(path);
    digest.add({piece.data(), wanted});
    done += wanted;
    if (!go_on(done)) return Error{ErrorCode::cancelled, fmt::format("{} was not read to its end", path)};
  }
  std::array<char, kSealBytes> seal{};
  if (std::fread(seal.data(), 1, seal.size(), file.get()) != seal.size()) return unreadable(path, EIO);
  const std::string_view found(seal.data(), seal.size());
  if (!found.starts_with(kHead)) return no_backup(path);
  if (found == seal_of(digest.hex())) return size;
  return bad_input(fmt::format("{} was changed since it was written, or is damaged: take another copy", path));
}

}  // namespace renown::upkeep
