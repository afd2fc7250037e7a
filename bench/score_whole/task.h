/// Task `score_whole`: from rows in memory, accounts numbered, to everybody's score.
///
/// Input       rows as integer columns; a tenth of the accounts verified, by hash. None is an undo and nobody is linked
/// Equal       raw and vouched score of every account, by name, to 1e-9; of cards amplification and interval as well
/// Measured    CPU time of one thread. `renown` without and `renown_farms` with the search for farms; `duckdb` the same
///             model as SQL: raw, vouched, reach, but no intervals, no amplification and no ranking, which Renown also
///             makes; `naive` the same in hash tables of the standard library; `igraph` PageRank (PRPACK) of the graph
///             of acts, weights = multiplicity, on a graph that stands already: another score, so nothing is compared
/// Form        `cards`: `duckdb` makes all that Renown does: the verified by name, intervals, amplification, accounts
///             ranked. It is given the group of each account, which Renown works out from its name
/// Target      8 times as quick as DuckDB, and quicker than igraph
///
/// Farms are left out of the comparison by a model in which no crowd is large enough to be one.
#pragma once

#include <memory>
#include <string>

#include "renown/score_model.h"

#include "common/candidate.h"
#include "common/log.h"

namespace renown::bench::score_whole {

struct Input {
  std::unique_ptr<Log> log;
  LogColumns rows;
  std::string columns_file;
  ScoreModel model;
  ScoreModel model_without_farms;
  bool whole_cards = false;  ///< of the form `cards`
};

/// Raw and vouched by account, in the order in which the log names them; of whole cards also the others.
class Scores {
 public:
  Scores(std::size_t accounts, bool whole_cards) : width_(whole_cards ? 4 : 2), values_(width_ * accounts) {}
  void set(std::size_t account, double raw, double vouched) {
    values_[width_ * account] = raw;
    values_[width_ * account + 1] = vouched;
  }
  /// half_width  of the interval, points
  void set_rest(std::size_t account, double amplification, double half_width) {
    values_[width_ * account + 2] = amplification;
    values_[width_ * account + 3] = half_width;
  }
  Outcome outcome() && { return {.exact = {}, .close = std::move(values_)}; }

 private:
  std::size_t width_;
  std::vector<double> values_;
};

std::unique_ptr<Candidate> renown(const Input& input, const ScoreModel& model);
std::unique_ptr<Candidate> duckdb(const Input& input);
std::unique_ptr<Candidate> duckdb_cards(const Input& input);
std::unique_ptr<Candidate> naive(const Input& input);
std::unique_ptr<Candidate> igraph(const Input& input);

}  // namespace renown::bench::score_whole
