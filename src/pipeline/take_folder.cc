#include "pipeline/take_folder.h"

#include <utility>

#include "log/closed_folder.h"
#include "log/interaction_log.h"
#include "pipeline/people_folder.h"
#include "pipeline/tally_cache.h"
#include "pipeline/working_room.h"

namespace renown::pipeline {
namespace {

Result<log::InteractionLog> open_log(const std::string& path, std::size_t threads, std::uint64_t memory_bytes) {
  return log::InteractionLog::open_for_reading(
      path, {.threads = static_cast<unsigned>(threads), .memory_limit_bytes = memory_bytes});
}

ReadSummary summary_of(const std::string& path, std::uint64_t size_bytes, std::uint64_t rows,
                       const RowSetDigest& digest, model::ReadReport report) {
  ReadLog log{.name = path,
              .size_bytes = size_bytes,
              .sha256 = {},
              .rows_digest = digest.hex(),
              .changed = false,
              .report = std::move(report)};
  log.report.records += rows;
  log.report.interactions += rows;
  return ReadSummary{{std::move(log)}};
}

/// Reads the log but for its first `skip` rows. digest  of those; gets that of all
Result<ReadSummary> read_rest(const log::InteractionLog& folder, const std::string& path, std::uint64_t skip,
                              RowSetDigest& digest, const ReceiveBlock& receive, Progress& progress) {
  auto reader = folder.read(skip);
  if (!reader) return reader.error();
  const auto receive_and_digest = [&](const model::InteractionBlock& block) -> Result<void> {
    digest.add(block);
    return receive(block);
  };
  if (auto read = read_to_end(**reader, path, folder.size_bytes(), receive_and_digest, progress); !read)
    return read.error();
  return summary_of(path, folder.size_bytes(), skip, digest, (*reader)->report());
}

/// What the files of the tally hold, and what came since.
Result<TakenIn> take_rest(const FolderRequest& request, const std::string& stamp, TallyCache& cache,
                          base::SpillArea& area, Progress& progress) {
  auto folder = open_log(request.path, request.threads, request.memory_bytes);
  if (!folder) return folder.error();
  const auto imports = folder->imports();
  if (!imports) return imports.error();
  const auto holds_undos = folder->holds_undos();
  if (!holds_undos) return holds_undos.error();
  RowSetDigest digest;
  TakenIn taken{cache.load(*imports, request.people, area, *holds_undos, digest), {}};
  const auto receive = [&](const model::InteractionBlock& block) -> Result<void> {
    taken.intake->add(block);
    return area.status();
  };
  auto read = read_rest(*folder, request.path, taken.intake->rows(), digest, receive, progress);
  if (!read) return read.error();
  taken.read = std::move(*read);
  taken.intake->finish();
  cache.save(*imports, stamp, *taken.intake, digest, area, request.threads);
  return taken;
}

}  // namespace

Result<ReadSummary> read_folder(const std::string& path, std::size_t threads, std::uint64_t memory_bytes,
                                const ReceiveBlock& receive, Progress& progress) {
  auto folder = open_log(path, threads, memory_bytes);
  if (!folder) return folder.error();
  RowSetDigest digest;
  return read_rest(*folder, path, 0, digest, receive, progress);
}

Result<TakenIn> take_folder(const FolderRequest& request, base::SpillArea& area, Progress& progress) {
  // Held to the end, so that the log which is read is the one that the stamp is of.
  const auto held = log::ClosedFolder::hold(request.path);
  if (!held) return held.error();
  const std::string stamp = held->stamp();
  TallyCache cache(request.path, request.people_sha256);
  RowSetDigest digest;
  if (!cache.is_current(stamp)) return take_rest(request, stamp, cache, area, progress);
  auto intake = cache.load_current(request.people, area, digest);
  if (!intake) return take_rest(request, stamp, cache, area, progress);
  intake->finish();
  auto read = summary_of(request.path, held->size_bytes(), intake->rows(), digest, {});
  return TakenIn{std::move(intake), std::move(read)};
}

Result<void> catch_up_tally(const std::string& path, std::size_t threads, std::uint64_t memory_bytes,
                            Progress& progress) {
  if (!TallyCache::exists(path)) return {};
  LoadedLists lists;
  if (auto added = add_lists_of_people(path, lists); !added) return added;
  const std::string people_sha256 = lists.people_file ? lists.people_file->sha256 : "";
  if (!TallyCache(path, people_sha256).is_begun()) return {};
  base::SpillArea area(memory_for_working_data(memory_bytes), folder_for_working_data());
  auto taken = take_folder({.path = path,
                            .people = lists.people,
                            .people_sha256 = people_sha256,
                            .threads = threads,
                            .memory_bytes = memory_bytes},
                           area, progress);
  if (!taken) return taken.error();
  return {};
}

}  // namespace renown::pipeline
