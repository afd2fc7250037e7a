#include "pipeline/tally_cache.h"

#include <filesystem>
#include <sstream>
#include <utility>

#include <fmt/format.h>

#include "base/digest.h"
#include "log/data_folder.h"

namespace renown::pipeline {
namespace {

namespace fs = std::filesystem;

/// Files are put together when there are more: each costs a little to open and to check.
constexpr std::uint64_t kMostFiles = 32;

}  // namespace

TallyCache::TallyCache(const std::string& data_folder, const std::vector<log::ImportRecord>& imports,
                       std::string people_sha256)
    : folder_(log::DataFolder(data_folder).tally()), imports_(imports), people_sha256_(std::move(people_sha256)) {}

std::string TallyCache::file(std::uint64_t number) const {
  return fmt::format("{}/{:08}", folder_, number);
}

/// The first so many imports, without what can still grow of the last of them.
std::string TallyCache::fingerprint(std::size_t imports) const {
  base::Sha256 digest;
  for (std::size_t i = 0; i < imports; ++i) {
    const log::ImportRecord& import = imports_[i];
    digest.add(fmt::format("{}\n{}\n{}\n{}\n", import.name, import.digest, import.size_bytes, import.time));
    if (i + 1 < imports) digest.add(fmt::format("{} {}\n", import.rows, import.added));
  }
  return digest.hex();
}

std::string TallyCache::note(const aggregate::Intake& intake, const RowSetDigest& digest) const {
  const std::uint64_t last_added = imports_.empty() ? 0 : imports_.back().added;
  return fmt::format("{} {} {} {} {} {} {}", intake.keeps_keys() ? "keys" : "plain", imports_.size(), last_added,
                     fingerprint(imports_.size()), people_sha256_.empty() ? "-" : people_sha256_, digest.high(),
                     digest.low());
}

/// Whether the log still begins with the rows of the intake.
bool TallyCache::accepts(const std::string& note, aggregate::Intake& intake, bool holds_undos,
                         RowSetDigest& digest) const {
  std::istringstream words(note);
  std::size_t imports = 0;
  std::uint64_t last_added = 0, high = 0, low = 0;
  std::string keys, print, people;
  if (!(words >> keys >> imports >> last_added >> print >> people >> high >> low)) return false;
  if (imports > imports_.size() || print != fingerprint(imports)) return false;
  if (people != (people_sha256_.empty() ? "-" : people_sha256_)) return false;
  std::uint64_t rows = imports == 0 ? 0 : last_added;
  for (std::size_t i = 0; i + 1 < imports; ++i) rows += imports_[i].added;
  if (rows != intake.rows() || (imports > 0 && imports_[imports - 1].added < last_added)) return false;
  intake.keep_keys(keys == "keys");
  if (holds_undos && !intake.keeps_keys()) return false;
  digest = RowSetDigest(high, low);
  return true;
}

std::unique_ptr<aggregate::Intake> TallyCache::load(const PeopleMap& people, base::SpillArea& area, bool holds_undos,
                                                    RowSetDigest& digest) {
  auto intake = std::make_unique<aggregate::Intake>(people, area, holds_undos);
  std::string last_note;
  std::error_code none;
  for (; fs::exists(file(files_ + 1), none); ++files_) {
    const auto note = aggregate::load_intake(*intake, file(files_ + 1));
    if (!note || !*note) break;
    last_note = **note;
  }
  const bool usable =
      files_ == 0 || (!fs::exists(file(files_ + 1), none) && accepts(last_note, *intake, holds_undos, digest));
  if (!usable) {
    files_ = 0;
    intake = std::make_unique<aggregate::Intake>(people, area, holds_undos);
  }
  loaded_ = aggregate::mark_of(*intake);
  return intake;
}

void TallyCache::save(aggregate::Intake& intake, const RowSetDigest& digest) {
  if (intake.rows() == loaded_.rows) return;
  std::error_code none;
  fs::create_directory(folder_, none);
  const bool together = files_ >= kMostFiles;
  // A kill between the two leaves the files before, or fewer of them: a shorter log, to which a run adds again.
  remove_from(together ? 2 : files_ + 1);
  (void)aggregate::save_intake(intake, together ? aggregate::IntakeMark{} : loaded_, note(intake, digest),
                               file(together ? 1 : files_ + 1));
}

void TallyCache::remove_from(std::uint64_t number) const {
  std::uint64_t last = number;
  std::error_code none;
  while (fs::exists(file(last), none)) ++last;
  while (last > number) fs::remove(file(--last), none);  // from the end: what is left goes on from each other
}

}  // namespace renown::pipeline
