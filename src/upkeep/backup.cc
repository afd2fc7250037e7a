#include "upkeep/backup.h"

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>

#include <fmt/format.h>
#include <sys/stat.h>

#include "base/digest.h"
#include "base/freed_by.h"
#include "base/version.h"
#include "io/file_writer.h"
#include "log/data_folder.h"
#include "store/database.h"
#include "upkeep/facts.h"
#include "upkeep/seal.h"
#include "upkeep/tar_zst.h"
#include "upkeep/working_folder.h"

namespace renown::upkeep {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kPieceBytes = std::size_t{1} << 20;
constexpr std::uint64_t kMostSmallBytes = std::uint64_t{1} << 20;  ///< of a key or a token

using File = std::unique_ptr<std::FILE, base::FreedBy<std::fclose>>;
using Visit = std::function<Result<void>(std::string_view)>;

Error unreadable(const std::string& path, int number) {
  return {ErrorCode::io, fmt::format("cannot read {}: {}", path, log::reason_of(number))};
}

/// Gives the bytes of a file in pieces.
Result<void> read_pieces(const std::string& path, const Visit& visit) {
  const File file(std::fopen(path.c_str(), "rbe"));
  if (!file) return unreadable(path, errno);
  std::string piece(kPieceBytes, '\0');
  for (;;) {
    const std::size_t got = std::fread(piece.data(), 1, piece.size(), file.get());
    if (std::ferror(file.get()) != 0) return unreadable(path, errno);
    if (got == 0) return {};
    if (auto taken = visit({piece.data(), got}); !taken) return taken;
  }
}

std::string working_folder_of(const std::string& out_file) {
  return out_file + ".partial";
}

/// The backup on its way to its place, with the digest of all that was written.
class SealedFile {
 public:
  /// path  in a folder that only its owner may enter
  static Result<SealedFile> create(const std::string& path) {
    auto writer = io::FileWriter::create(path);
    if (!writer) return writer.error();
    if (::chmod(writer->temporary_path().c_str(), 0600) != 0) {
      return Error{ErrorCode::io, fmt::format("{} cannot be kept from others: {}", path, log::reason_of(errno))};
    }
    return SealedFile(std::move(*writer));
  }

  Result<void> write(std::string_view bytes) {
    digest_.add(bytes);
    size_bytes_ += bytes.size();
    return writer_.write(bytes);
  }

  /// returns  bytes of the file
  Result<std::uint64_t> commit() {
    if (auto written = writer_.write(seal_of(digest_.hex())); !written) return written.error();
    if (auto placed = writer_.commit(); !placed) return placed.error();
    return size_bytes_ + kSealBytes;
  }

 private:
  explicit SealedFile(io::FileWriter writer) : writer_(std::move(writer)) {}

  io::FileWriter writer_;
  base::Sha256 digest_;
  std::uint64_t size_bytes_ = 0;
};

class Backup {
 public:
  Backup(const log::InteractionLog& log, const BackupRequest& request, pipeline::Progress& progress)
      : log_(log), request_(request), progress_(progress), folder_(request.data_folder) {}

  Result<BackupReport> run() {
    if (auto good = check_place(); !good) return good.error();
    auto files = list_files(folder_.path());
    if (!files) return files.error();
    report_.left_out = std::move(files->unknown);
    report_.manifest.program = base::version();
    report_.manifest.made = request_.now;
    // All work is done in one folder of a name that is known: what a kill leaves there the next backup removes.
    auto working = WorkingFolder::make(working_folder_of(out_));
    if (!working) return working.error();
    if (auto copied = copy(files->kept, *working); !copied) return copied.error();
    if (auto opened = look_into_copy(*working); !opened) return opened.error();
    if (auto hashed = hash(*working); !hashed) return hashed.error();
    if (auto packed = pack(*working); !packed) return packed.error();
    if (auto placed = put_in_place(*working); !placed) return placed.error();
    return std::move(report_);
  }

 private:
  Result<void> check_place() {
    std::error_code why;
    const fs::path out = fs::weakly_canonical(fs::absolute(request_.out_file, why), why);  // behind symbolic links
    if (request_.out_file.empty() || request_.out_file == "-" ||
        (fs::exists(out, why) && !fs::is_regular_file(out, why))) {
      return Error{ErrorCode::usage, fmt::format("'{}' is no plain file: name a file to write", request_.out_file)};
    }
    if (!fs::is_directory(out.parent_path(), why)) {
      return Error{ErrorCode::io, fmt::format("{} cannot be written: there is no folder {}", request_.out_file,
                                              out.parent_path().string())};
    }
    out_ = out.string();
    if (out.parent_path() != fs::weakly_canonical(folder_.path(), why)) return {};
    return Error{ErrorCode::usage,
                 fmt::format("{} lies in the data folder itself: a backup is of use elsewhere, best on "
                             "another disk",
                             request_.out_file)};
  }

  Result<void> copy(const std::vector<std::string>& names, const WorkingFolder& working) {
    std::error_code why;
    fs::create_directory(working.file("tokens"), why);
    if (why) return Error{ErrorCode::io, fmt::format("cannot work in {}: {}", working.path(), why.message())};
    for (const std::string& name : names) {
      progress_.update("copying " + name, 0, 0, "bytes");
      if (progress_.cancelled()) return stopped();
      if (auto copied = copy_one(name, working); !copied) return copied;
    }
    if (!request_.with_token_key) return {};
    report_.manifest.members.push_back({.name = std::string(kTokenKeyName), .role = FileRole::token_key});
    return copy_small(request_.token_key_file, working.file(std::string(kTokenKeyName)));
  }

  Result<void> copy_one(const std::string& name, const WorkingFolder& working) {
    BackupMember member{.name = name, .role = *role_of(name)};
    const std::string from = folder_.path() + "/" + name, to = working.file(name);
    if (member.role == FileRole::log) {
      working.file(name + ".wal");  // DuckDB's, while it writes
      if (auto copied = log_.write_copy(to); !copied) return copied;
    } else if (member.role == FileRole::store) {
      if (auto copied = copy_store(from, to, member); !copied) return copied;
    } else {
      if (member.role == FileRole::key && is_token_key(from)) return {};
      if (auto copied = copy_small(from, to); !copied) return copied;
    }
    report_.manifest.members.push_back(std::move(member));
    return {};
  }

  static Result<void> copy_store(const std::string& from, const std::string& to, BackupMember& member) {
    auto database = store::Database::open_for_reading(from);
    if (!database) return database.error();
    if (auto copied = database->write_copy(to); !copied) return copied;
    const auto facts = facts_of_store(to, Depth::quick);
    if (!facts) return facts.error();
    member.schema_version = facts->schema_version;
    member.rows = facts->rows;
    return {};
  }

  /// Nothing forbids to keep the tokens' key in the data folder under a name like those of the folder's own keys.
  bool is_token_key(const std::string& path) const {
    std::error_code ignored;
    return fs::equivalent(path, request_.token_key_file, ignored);
  }

  static Result<void> copy_small(const std::string& from, const std::string& to) {
    std::string all;
    auto read = read_pieces(from, [&](std::string_view piece) -> Result<void> {
      all += piece;
      if (all.size() <= kMostSmallBytes) return {};
      return bad_input(fmt::format("{} is larger than any key or token: move it away", from));
    });
    if (!read) return read;
    auto file = io::FileWriter::create(to);
    if (!file) return file.error();
    if (auto written = file->write(all); !written) return written;
    return file->commit();
  }

  /// Opens the copy of the log as the log of a data folder, which the copies together are.
  Result<void> look_into_copy(const WorkingFolder& working) {
    const auto copy = log::InteractionLog::open_for_reading(working.path());
    if (!copy) return copy.error();
    const auto facts = facts_of_log(*copy, Depth::quick, progress_);
    if (!facts) return facts.error();
    BackupMember& member = report_.manifest.members.front();
    member.schema_version = facts->schema_version;
    member.rows = facts->rows;
    return {};
  }

  /// The digests of the copies, which nothing changes any more.
  Result<void> hash(const WorkingFolder& working) {
    for (BackupMember& member : report_.manifest.members) {
      base::Sha256 digest;
      auto read = read_pieces(working.path() + "/" + member.name, [&](std::string_view piece) -> Result<void> {
        digest.add(piece);
        member.size_bytes += piece.size();
        progress_.update("hashing " + member.name, member.size_bytes, 0, "bytes");
        return progress_.cancelled() ? stopped() : Result<void>();
      });
      if (!read) return read;
      member.sha256 = digest.hex();
    }
    return {};
  }

  Result<void> pack(const WorkingFolder& working) {
    auto out = SealedFile::create(working.file(std::string(kPackedName)));
    if (!out) return out.error();
    auto tar = TarWriter::create([&out](std::string_view bytes) { return out->write(bytes); });
    if (!tar) return tar.error();
    const std::string manifest = manifest_json(report_.manifest);
    if (auto begun = tar->begin_member(std::string(kManifestName), manifest.size(), request_.now); !begun) return begun;
    if (auto added = tar->add_bytes(manifest); !added) return added;
    const std::uint64_t total = report_.manifest.size_bytes();
    std::uint64_t done = 0;
    for (const BackupMember& member : report_.manifest.members) {
      if (auto begun = tar->begin_member(member.name, member.size_bytes, request_.now); !begun) return begun;
      auto read = read_pieces(working.path() + "/" + member.name, [&](std::string_view piece) -> Result<void> {
        done += piece.size();
        progress_.update("packing", done, total, "bytes");
        if (progress_.cancelled()) return stopped();
        return tar->add_bytes(piece);
      });
      if (!read) return read;
    }
    if (auto ended = tar->finish(); !ended) return ended;
    auto size = out->commit();
    if (!size) return size.error();
    report_.size_bytes = *size;
    return {};
  }

  Result<void> put_in_place(const WorkingFolder& working) const {
    if (std::rename(working.file(std::string(kPackedName)).c_str(), out_.c_str()) != 0) {
      return Error{ErrorCode::io, fmt::format("{} cannot be written: {}", request_.out_file, log::reason_of(errno))};
    }
    return log::sync_folder(fs::path(out_).parent_path().string());
  }

  Error stopped() const {
    return {ErrorCode::cancelled, fmt::format("stopped: {} was not written", request_.out_file)};
  }

  const log::InteractionLog& log_;
  const BackupRequest& request_;
  pipeline::Progress& progress_;
  log::DataFolder folder_;
  std::string out_;  ///< where the file goes, whole
  BackupReport report_;
};

}  // namespace

Result<BackupReport> back_up(const log::InteractionLog& log, const BackupRequest& request,
                             pipeline::Progress& progress) {
  return Backup(log, request, progress).run();
}

Result<BackupReport> back_up(const BackupRequest& request, pipeline::Progress& progress) {
  const auto log = log::InteractionLog::open_for_reading(request.data_folder);
  if (!log) return log.error();
  return back_up(*log, request, progress);
}

Result<void> remove_unfinished_backup(const std::string& out_file) {
  const std::string path = working_folder_of(out_file);
  std::error_code why;
  if (!fs::exists(path, why)) return {};
  const auto left = WorkingFolder::make(path);  // empties it, and is gone at the end
  return left || left.error().code == ErrorCode::busy ? Result<void>() : Result<void>(left.error());
}

}  // namespace renown::upkeep
