/// TallyCache: what earlier runs on a data folder took in, so that a run reads only the rows that came since.
#pragma once

#include <cstdint>
#include <memory>
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
class TallyCache {
 public:
  /// imports        of the log, now
  /// people_sha256  of the people file, empty without one: who is linked decides where rows stand
  TallyCache(const std::string& data_folder, const std::vector<log::ImportRecord>& imports, std::string people_sha256);

  /// An intake with what is saved, and the digest of its rows; a fresh one where nothing can be used.
  /// holds_undos  of the log, now: what is saved without keys is then of no use
  std::unique_ptr<aggregate::Intake> load(const PeopleMap& people, base::SpillArea& area, bool holds_undos,
                                          RowSetDigest& digest);

  /// Saves what the finished intake has beyond what load() put back. Without room or permission nothing is saved, and
  /// the next run reads more.
  void save(aggregate::Intake& intake, const RowSetDigest& digest);

 private:
  std::string file(std::uint64_t number) const;
  std::string note(const aggregate::Intake& intake, const RowSetDigest& digest) const;
  bool accepts(const std::string& note, aggregate::Intake& intake, bool holds_undos, RowSetDigest& digest) const;
  std::string fingerprint(std::size_t imports) const;
  void remove_from(std::uint64_t number) const;

  std::string folder_;
  const std::vector<log::ImportRecord>& imports_;
  std::string people_sha256_;
  std::uint64_t files_ = 0;  ///< that were put back
  aggregate::IntakeMark loaded_;
};

}  // namespace renown::pipeline
