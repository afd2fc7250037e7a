#include "upkeep/unpack.h"

#include <cerrno>
#include <filesystem>
#include <string_view>

#include <fmt/format.h>
#include <sys/stat.h>
#include <sys/statvfs.h>

#include "base/digest.h"
#include "base/text.h"
#include "io/file_writer.h"
#include "log/data_folder.h"
#include "log/interaction_log.h"
#include "upkeep/seal.h"
#include "upkeep/tar_zst.h"

namespace renown::upkeep {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kPieceBytes = std::size_t{1} << 20;
constexpr std::uint64_t kMostManifestBytes = std::uint64_t{32} << 20;  ///< a hundred thousand tokens need 25 MB
/// Unpacked to packed. Logs are packed already, stores of texts pack to a tenth; less than kFreeBytes may be anything.
constexpr std::uint64_t kMostRatio = 200;
constexpr std::uint64_t kFreeBytes = std::uint64_t{16} << 20;
constexpr std::uint64_t kSpareBytes = std::uint64_t{16} << 20;  ///< that a disk must keep

class Unpacking {
 public:
  Unpacking(const std::string& file, const std::string& folder, pipeline::Progress& progress)
      : file_(file), folder_(folder), progress_(progress) {}

  Result<Unpacked> run() {
    if (auto sealed = check(); !sealed) return sealed.error();
    auto tar = TarReader::open(file_);
    if (!tar) return about(tar.error());
    if (auto read = read_manifest(*tar); !read) return about(read.error());
    if (auto fits = check_room(); !fits) return fits.error();
    for (const BackupMember& member : result_.manifest.members) {
      if (auto written = write(*tar, member); !written) return about(written.error());
    }
    const auto more = tar->next();
    if (!more) return about(more.error());
    if (*more) return about(unlisted(*tar));
    return std::move(result_);
  }

 private:
  /// The clause as a sentence that names the backup; what is about another file names it already.
  Error about(const Error& error) const {
    if (error.code != ErrorCode::bad_input) return error;
    return bad_input(fmt::format("{} cannot be restored: {}", file_, error.message));
  }

  static Error unlisted(const TarReader& tar) {
    return bad_input(fmt::format("it holds '{}', which its manifest does not list there", base::printable(tar.name())));
  }

  Error stopped() const { return {ErrorCode::cancelled, fmt::format("stopped: {} was not restored", file_)}; }

  Result<void> check() {
    std::error_code ignored;
    const std::uint64_t total = fs::file_size(file_, ignored);
    const auto size = check_seal(file_, [&](std::uint64_t done) {
      progress_.update("checking " + file_, done, ignored ? 0 : total, "bytes");
      return !progress_.cancelled();
    });
    if (!size) return size.error();
    result_.size_bytes = *size;
    return {};
  }

  Result<void> read_manifest(TarReader& tar) {
    const auto first = tar.next();
    if (!first) return first.error();
    if (!*first || tar.name() != kManifestName || tar.size_bytes() > kMostManifestBytes) {
      return bad_input("it does not begin with the manifest of a backup");
    }
    std::string json(static_cast<std::size_t>(tar.size_bytes()), '\0');
    for (std::size_t done = 0; done < json.size();) {
      const auto got = tar.read(json.data() + done, json.size() - done);
      if (!got) return got.error();
      if (*got == 0) return bad_input("its manifest is cut off");
      done += *got;
    }
    auto manifest = parse_manifest(json);
    if (!manifest) return manifest.error();
    result_.manifest = std::move(*manifest);
    total_bytes_ = result_.manifest.size_bytes();
    if (total_bytes_ <= kFreeBytes || total_bytes_ / kMostRatio <= result_.size_bytes) return {};
    return bad_input(
        fmt::format("it claims to unpack to more than {} times its size, which no backup does", kMostRatio));
  }

  Result<void> check_room() const {
    struct statvfs disk{};
    if (::statvfs(folder_.c_str(), &disk) != 0) return {};  // the disk says it when it is full
    const std::uint64_t room = static_cast<std::uint64_t>(disk.f_bavail) * disk.f_frsize;
    if (room > total_bytes_ && room - total_bytes_ > kSpareBytes) return {};
    return Error{ErrorCode::io, fmt::format("there is not enough room in {} for {}: it needs {} MB, and {} MB are free",
                                            folder_, file_, (total_bytes_ + kSpareBytes) >> 20, room >> 20)};
  }

  Result<void> write(TarReader& tar, const BackupMember& member) {
    const auto next = tar.next();
    if (!next) return next.error();
    if (!*next) return bad_input(fmt::format("{} is missing in it", member.name));
    if (tar.name() != member.name || tar.size_bytes() != member.size_bytes) return unlisted(tar);
    const fs::path path = fs::path(folder_) / member.name;
    std::error_code why;
    fs::create_directories(path.parent_path(), why);
    auto file = io::FileWriter::create(path.string());
    if (!file) return file.error();
    if (::chmod(file->temporary_path().c_str(), 0600) != 0) {
      return Error{ErrorCode::io, fmt::format("{} cannot be kept from others", path.string())};
    }
    base::Sha256 digest;
    std::string piece(kPieceBytes, '\0');
    for (std::uint64_t left = member.size_bytes; left > 0;) {
      const auto got = tar.read(piece.data(), static_cast<std::size_t>(std::min<std::uint64_t>(left, piece.size())));
      if (!got) return got.error();
      if (*got == 0) return bad_input(fmt::format("{} is cut off in it", member.name));
      const std::string_view bytes(piece.data(), *got);
      digest.add(bytes);
      if (auto written = file->write(bytes); !written) return written;
      left -= bytes.size();
      done_bytes_ += bytes.size();
      progress_.update("unpacking", done_bytes_, total_bytes_, "bytes");
      if (progress_.cancelled()) return stopped();
    }
    if (digest.hex() != member.sha256) return bad_input(fmt::format("{} is not what its manifest says", member.name));
    return file->commit();
  }

  const std::string& file_;
  const std::string& folder_;
  pipeline::Progress& progress_;
  Unpacked result_;
  std::uint64_t total_bytes_ = 0, done_bytes_ = 0;
};

Result<void> compare(const BackupMember& member, const Facts& facts) {
  if (facts.schema_version == member.schema_version && facts.rows == member.rows) return {};
  return bad_input(fmt::format("{} has {} rows in version {}, but the backup's manifest says {} in version {}",
                               member.name, facts.rows, facts.schema_version, member.rows, member.schema_version));
}

}  // namespace

Result<Unpacked> unpack(const std::string& backup_file, const std::string& folder, pipeline::Progress& progress) {
  return Unpacking(backup_file, folder, progress).run();
}

Result<void> look_into(const Manifest& manifest, const std::string& folder, Depth depth, pipeline::Progress& progress) {
  for (const BackupMember& member : manifest.members) {
    progress.update("opening " + member.name, 0, 0, "bytes");
    if (progress.cancelled()) return Error{ErrorCode::cancelled, "stopped while checking what was unpacked"};
    Result<Facts> facts = Facts{member.schema_version, member.rows};
    if (member.role == FileRole::log) {
      const auto log = log::InteractionLog::open_for_reading(folder);
      if (!log) return log.error();
      facts = facts_of_log(*log, depth, progress);
    } else if (member.role == FileRole::store) {
      facts = facts_of_store((fs::path(folder) / member.name).string(), depth);
    }
    if (!facts) return facts.error();
    if (auto same = compare(member, *facts); !same) return same;
  }
  return {};
}

}  // namespace renown::upkeep
