/// TallyCache: what earlier runs on a data folder took in, so that a run reads only the rows that came since.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "renown/result.h"

#include "aggregate/intake_file.h"
#include "log/interaction_log.h"
#include "pipeline/row_set_digest.h"

namespace renown::pipeline {

/// The files DIR/tally/00000001 and so on, each going on from the one before it (aggregate/intake_file.h). They are
/// used only if they were made of the rows with which the log still begins: its list of imports, which only grows, must
/// begin as it did then. An erase removes them.
///
/// DIR/tally/current says of which state of the log they hold everything, so that it need not be opened to find that
/// out.
class TallyCache {
 public:
  /// people_sha256  of the people file, empty without one: who is linked decides where rows stand
  TallyCache(const std::string& data_folder, std::string people_sha256);

  /// Whether some earlier run has begun to keep what it took in.
  static bool exists(const std::string& data_folder);

  /// Whether it did so with the same people file.
  bool is_begun() const { return read_current().has_value(); }

  /// Whether the files hold all of a log that has this stamp (log/closed_folder.h).
  bool is_current(const std::string& stamp) const;

  /// An intake with what is saved, and the digest of its rows; null if it is not what is_current() is about.
  std::unique_ptr<aggregate::Intake> load_current(const PeopleMap& people, base::SpillArea& area, RowSetDigest& digest);

  /// An intake with what is saved of the log with these imports, and the digest of its rows; a fresh one where nothing
  /// can be used.
  ///
  /// holds_undos  of the log, now: what is saved without keys is then of no use
  std::unique_ptr<aggregate::Intake> load(const std::vector<log::ImportRecord>& imports, const PeopleMap& people,
                                          base::SpillArea& area, bool holds_undos, RowSetDigest& digest);

  /// Saves what the finished intake has beyond what load() put back. Without room or permission nothing is saved, and
  /// the next run reads more. What is saved whole is put in order first, by so many threads.
  ///
  /// imports, stamp  of the log that the intake holds all of
  void save(const std::vector<log::ImportRecord>& imports, const std::string& stamp, aggregate::Intake& intake,
            const RowSetDigest& digest, base::SpillArea& area, std::size_t threads);

 private:
  /// What the file `current` says.
  struct Current {
    std::string stamp;
    std::uint64_t rows = 0;
  };

  std::string file(std::uint64_t number) const;
  std::string current_file() const { return folder_ + "/current"; }
  std::string people_word() const { return people_sha256_.empty() ? "-" : people_sha256_; }
  std::optional<Current> read_current() const;
  std::string load_files(aggregate::Intake& intake);
  void save_rows(const std::vector<log::ImportRecord>& imports, aggregate::Intake& intake, const RowSetDigest& digest,
                 base::SpillArea& area, std::size_t threads);
  void remove_from(std::uint64_t number) const;

  std::string folder_;
  std::string people_sha256_;
  std::uint64_t files_ = 0;       ///< that were put back
  std::uint64_t first_rows_ = 0;  ///< of the first of them
  aggregate::IntakeMark loaded_;
};

}  // namespace renown::pipeline
