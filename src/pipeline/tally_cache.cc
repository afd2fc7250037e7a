#include "pipeline/tally_cache.h"

#include <filesystem>
#include <fstream>
#include <sstream>
#include <utility>

#include <fmt/format.h>

#include "base/digest.h"
#include "io/file_writer.h"
#include "log/data_folder.h"

namespace renown::pipeline {
namespace {

namespace fs = std::filesystem;

/// Files are put together when there are more, or when those that follow the first hold more than such a part of all:
/// each costs a little to open and to check, and what they hold is put in its place anew by every run.
constexpr std::uint64_t kMostFiles = 32;
constexpr std::uint64_t kMostBehind = 8;  ///< one in so many

/// What is written beside an intake: which rows it holds.
struct Note {
  std::string keys;  ///< "keys" or "plain"
  std::size_t imports = 0;
  std::uint64_t last_added = 0;
  std::string fingerprint;
  std::string people;
  std::uint64_t high = 0, low = 0;  ///< of the digest

  static std::optional<Note> of(const std::string& text) {
    std::istringstream words(text);
    Note note;
    if (words >> note.keys >> note.imports >> note.last_added >> note.fingerprint >> note.people >> note.high >>
        note.low)
      return note;
    return std::nullopt;
  }
  std::string text() const {
    return fmt::format("{} {} {} {} {} {} {}", keys, imports, last_added, fingerprint, people, high, low);
  }
};

/// The first so many imports, without what can still grow of the last of them.
std::string fingerprint(const std::vector<log::ImportRecord>& imports, std::size_t count) {
  base::Sha256 digest;
  for (std::size_t i = 0; i < count; ++i) {
    const log::ImportRecord& import = imports[i];
    digest.add(fmt::format("{}\n{}\n{}\n{}\n", import.name, import.digest, import.size_bytes, import.time));
    if (i + 1 < count) digest.add(fmt::format("{} {}\n", import.rows, import.added));
  }
  return digest.hex();
}

/// Whether the log still begins with the rows that the note is about, so many.
bool begins_so(const std::vector<log::ImportRecord>& imports, const Note& note, std::uint64_t rows_noted) {
  if (note.imports > imports.size() || note.fingerprint != fingerprint(imports, note.imports)) return false;
  std::uint64_t rows = note.imports == 0 ? 0 : note.last_added;
  for (std::size_t i = 0; i + 1 < note.imports; ++i) rows += imports[i].added;
  return rows == rows_noted && (note.imports == 0 || imports[note.imports - 1].added >= note.last_added);
}

}  // namespace

TallyCache::TallyCache(const std::string& data_folder, std::string people_sha256)
    : folder_(log::DataFolder(data_folder).tally()), people_sha256_(std::move(people_sha256)) {}

bool TallyCache::exists(const std::string& data_folder) {
  std::error_code none;
  return fs::exists(TallyCache(data_folder, "").current_file(), none);
}

std::string TallyCache::file(std::uint64_t number) const {
  return fmt::format("{}/{:08}", folder_, number);
}

std::optional<TallyCache::Current> TallyCache::read_current() const {
  std::ifstream words(current_file());
  Current current;
  std::string people;
  if (words >> current.stamp >> current.rows >> people && people == people_word()) return current;
  return std::nullopt;
}

bool TallyCache::is_current(const std::string& stamp) const {
  const auto current = read_current();
  return current && !stamp.empty() && current->stamp == stamp;
}

/// returns  the note of the last file; empty where there is none, or one that cannot be used
std::string TallyCache::load_files(aggregate::Intake& intake) {
  std::string last_note;
  std::error_code none;
  for (files_ = 0; fs::exists(file(files_ + 1), none); ++files_) {
    const auto note = aggregate::load_intake(intake, file(files_ + 1));
    if (!note || !*note) return "";
    last_note = **note;
    if (files_ == 0) first_rows_ = intake.rows();
  }
  return last_note;
}

std::unique_ptr<aggregate::Intake> TallyCache::load_current(const PeopleMap& people, base::SpillArea& area,
                                                            RowSetDigest& digest) {
  const auto current = read_current();
  auto intake = std::make_unique<aggregate::Intake>(people, area);
  const auto note = Note::of(load_files(*intake));
  if (!current || !note || note->people != people_word() || current->rows != intake->rows()) return nullptr;
  intake->keep_keys(note->keys == "keys");
  digest = RowSetDigest(note->high, note->low);
  return intake;
}

std::unique_ptr<aggregate::Intake> TallyCache::load(const std::vector<log::ImportRecord>& imports,
                                                    const PeopleMap& people, base::SpillArea& area, bool holds_undos,
                                                    RowSetDigest& digest) {
  auto intake = std::make_unique<aggregate::Intake>(people, area, aggregate::Intake::Keeps{.keys = holds_undos});
  const auto note = Note::of(load_files(*intake));
  if (note && note->people == people_word() && begins_so(imports, *note, intake->rows()) &&
      (!holds_undos || note->keys == "keys")) {
    intake->keep_keys(note->keys == "keys");
    digest = RowSetDigest(note->high, note->low);
  } else {
    files_ = 0;
    intake = std::make_unique<aggregate::Intake>(people, area, aggregate::Intake::Keeps{.keys = holds_undos});
  }
  loaded_ = aggregate::mark_of(*intake);
  return intake;
}

void TallyCache::save(const std::vector<log::ImportRecord>& imports, const std::string& stamp,
                      aggregate::Intake& intake, const RowSetDigest& digest, base::SpillArea& area,
                      std::size_t threads) {
  // What `current` says must not be believed of other files: it goes first and comes last.
  std::error_code none;
  fs::remove(current_file(), none);
  save_rows(imports, intake, digest, area, threads);
  if (stamp.empty()) return;
  auto file = io::FileWriter::create(current_file());
  if (file && file->write(fmt::format("{} {} {}\n", stamp, intake.rows(), people_word()))) (void)file->commit();
}

void TallyCache::save_rows(const std::vector<log::ImportRecord>& imports, aggregate::Intake& intake,
                           const RowSetDigest& digest, base::SpillArea& area, std::size_t threads) {
  if (intake.rows() == loaded_.rows) return;
  std::error_code none;
  fs::create_directory(folder_, none);
  const bool together =
      files_ == 0 || files_ >= kMostFiles || (intake.rows() - first_rows_) > intake.rows() / kMostBehind;
  if (together && area.spilled_bytes() == 0) intake.sort_rows(threads);
  // A kill between the two leaves the files before, or fewer of them: a shorter log, to which a run adds again.
  remove_from(together ? 2 : files_ + 1);
  const Note note{.keys = intake.keeps_keys() ? "keys" : "plain",
                  .imports = imports.size(),
                  .last_added = imports.empty() ? 0 : imports.back().added,
                  .fingerprint = fingerprint(imports, imports.size()),
                  .people = people_word(),
                  .high = digest.high(),
                  .low = digest.low()};
  (void)aggregate::save_intake(intake, together ? aggregate::IntakeMark{} : loaded_, note.text(),
                               file(together ? 1 : files_ + 1));
}

void TallyCache::remove_from(std::uint64_t number) const {
  std::uint64_t last = number;
  std::error_code none;
  while (fs::exists(file(last), none)) ++last;
  while (last > number) fs::remove(file(--last), none);  // from the end: what is left goes on from each other
}

}  // namespace renown::pipeline
