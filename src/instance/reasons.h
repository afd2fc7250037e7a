/// Reasons: the last run with all that explains it: acts, pairs, lists, and the same a week before.
///
/// Never changes once it is made. Memory: about 60 bytes an interaction, twice.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "renown/result.h"

#include "people/registry.h"
#include "pipeline/progress.h"
#include "pipeline/score_log.h"
#include "score/score_run.h"

namespace renown::instance {

/// One target of an engager.
struct Engaged {
  score::PersonId target = 0;
  std::uint64_t pair = 0;  ///< number in the tally
};

class Reasons {
 public:
  static constexpr std::int64_t kDaysBefore = 7;

  /// Reads the data folder of the request and scores it at request.as_of, and kDaysBefore before.
  /// errors  as pipeline::load_log
  static Result<std::shared_ptr<const Reasons>> make(const pipeline::ScoreRequest& request,
                                                     pipeline::Progress& progress);

  const score::ScoreRun& run() const { return run_; }
  const score::ScoreRun& before() const { return before_; }
  const pipeline::LoadedLists& lists() const { return lists_; }
  std::uint64_t rows() const { return rows_; }

  /// The person's number in the run; nothing where no account of theirs is in the log.
  std::optional<score::PersonId> number_of(const people::Person& person) const;

  /// Whom a person engaged with inside the window.
  std::span<const Engaged> engaged_by(score::PersonId engager) const {
    return std::span(engaged_).subspan(engaged_begin_[engager], engaged_begin_[engager + 1] - engaged_begin_[engager]);
  }

  Reasons(const Reasons&) = delete;
  Reasons& operator=(const Reasons&) = delete;

 private:
  Reasons(pipeline::LoadedLog log, std::size_t threads);
  void index_engaged();

  pipeline::LoadedLists lists_;  ///< the runs refer to it
  std::uint64_t rows_ = 0;
  score::ScoreRun before_, run_;
  std::vector<std::uint64_t> engaged_begin_;  ///< by person; one more than there are
  std::vector<Engaged> engaged_;
};

}  // namespace renown::instance
