#include "pipeline/interaction_import.h"

#include <filesystem>
#include <utility>

#include <fmt/format.h>

#include "log/interaction_log.h"
#include "log/tombstone_key.h"
#include "pipeline/foreseen_size.h"

namespace renown::pipeline {
namespace {

namespace fs = std::filesystem;

// An invented log takes 0.28 to 0.32 of its CSV (measured on up to two million rows); real size is checked on the way.
constexpr double kLogShare = 0.4;
constexpr std::uint64_t kEmptyBytes = std::uint64_t{1} << 20;  // of a folder without rows, with room for one block

std::uint64_t folder_bytes(const std::string& folder) {
  std::uint64_t bytes = 0;
  std::error_code gone;
  for (const auto& entry : fs::recursive_directory_iterator(folder, gone)) {
    const auto size_bytes = entry.is_regular_file(gone) ? entry.file_size(gone) : 0;
    if (!gone) bytes += size_bytes;
  }
  return bytes;
}

/// By how much the folder has grown since it was looked at first.
class Growth {
 public:
  explicit Growth(const std::string& folder) : folder_(folder), before_(folder_bytes(folder)) {}
  std::uint64_t bytes() const {
    const std::uint64_t now = folder_bytes(folder_);
    return now > before_ ? now - before_ : 0;
  }

 private:
  const std::string& folder_;
  std::uint64_t before_;
};

Result<log::ImportCounts> import_pieces(RowPieces& pieces, log::Import import, const std::string& folder,
                                        std::uint64_t rows, std::uint64_t max_bytes, const std::uint64_t& grown,
                                        Progress& progress) {
  while (!pieces.done()) {
    progress.update("importing into " + folder, pieces.made(), rows, "events");
    const std::size_t count = pieces.make_more();
    for (std::size_t piece = 0; piece < count; ++piece) {
      if (progress.cancelled())
        return Error{ErrorCode::cancelled, fmt::format("stopped; {} events are in {}", import.durable().rows, folder)};
      if (auto added = import.add(pieces[piece]); !added) return added.error();
      if (grown > max_bytes) return too_large(folder, grown, max_bytes);
    }
  }
  return import.finish();
}

}  // namespace

Result<InteractionImport> import_interactions(const std::string& folder, const std::string& name, std::uint64_t rows,
                                              const RowMaker& make, std::uint64_t max_bytes, std::size_t threads,
                                              std::int64_t now, Progress& progress) {
  const double lines = rows == 0 ? 0.0 : static_cast<double>(foreseen_bytes(rows, make, &RowText::add_all_csv));
  const std::uint64_t foreseen = kEmptyBytes + static_cast<std::uint64_t>(lines * kLogShare);
  if (auto fits = check_room(folder, folder, foreseen, max_bytes); !fits) return fits.error();
  const Growth growth(folder);
  std::uint64_t grown = 0;
  InteractionImport done;
  {
    auto log = log::InteractionLog::create(folder, log::TombstoneKey::random());
    if (!log) return log.error();
    log::ImportOptions options;
    options.on_commit = [&](const log::ImportCounts&) { grown = growth.bytes(); };
    auto import = log->begin_import({.name = name, .time = now}, std::move(options));
    if (!import) return import.error();
    RowPieces pieces(rows, make, threads);
    auto counts = import_pieces(pieces, std::move(*import), folder, rows, max_bytes, grown, progress);
    if (!counts) return counts.error();
    done.counts = *counts;
  }
  done.size_bytes = growth.bytes();  // closed, the folder is as large as it stays
  if (done.size_bytes > max_bytes) return too_large(folder, done.size_bytes, max_bytes);
  return done;
}

}  // namespace renown::pipeline
