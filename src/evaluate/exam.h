/// Exam: what scores from before a split foretell of what came after it, beside the simple rankings
/// (docs/scoring/evaluation.md).
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "renown/result.h"

#include "evaluate/comparison.h"
#include "evaluate/daily_moves.h"
#include "evaluate/enrolment.h"
#include "evaluate/network_agreement.h"
#include "evaluate/outcomes.h"
#include "evaluate/split.h"
#include "pipeline/progress.h"
#include "pipeline/score_log.h"

namespace renown::evaluate {

/// Makes a model of the rows before a moment, for those whom the lists say are verified. errors  its own
using Fitter = std::function<Result<ScoreModel>(const aggregate::EventTable& events, const pipeline::LoadedLists& lists,
                                                const ScoreModel& base, std::int64_t as_of)>;

struct ExamRequest {
  std::vector<Split> splits;
  std::vector<double> verified_shares;  ///< in (0, 1]; for each, verified people are drawn and the model has that rho
  Enrolment enrolment = Enrolment::random;
  std::size_t draws = 3;               ///< of verified people, for each share; draw d has seed + d
  std::vector<std::string> baselines;  ///< parse_baselines
  std::size_t bootstrap = 200;         ///< samples; 0: no intervals
  std::size_t move_days = 7;           ///< before the last split, as far as the log goes; 0: none
  std::uint64_t seed = 1;
  std::size_t threads = 1;
  Fitter fit;  ///< empty: no fitted models; else every model is also examined as fitted anew before each split
};

/// How the examined models were protected, in the order of tables: the operator's list first, then shares in the order
/// asked for, then the same fitted, if that was asked for, and last without any list.
struct ExaminedModel {
  enum class Verified : std::uint8_t { listed, drawn, nobody };

  std::string name;  ///< "verified list", "10 % verified", "unprotected"
  Verified verified = Verified::nobody;
  ScoreModel model;             ///< with the rho of its share
  double verified_share = 0.0;  ///< of a drawn list
  bool is_fitted = false;       ///< `model` is what is fitted; SplitReport::fitted has what came of it
};

/// What was fitted before a split.
struct FittedModel {
  std::string examined;  ///< name of the examined model
  std::size_t draw = 0;
  ScoreModel model;
};

struct SplitReport {
  Split split;
  std::size_t people = 0;                             ///< population: received an act before the split
  std::size_t engaged_people = 0;                     ///< of these with at least 5 engagers
  std::array<std::size_t, kOutcomes> with_outcome{};  ///< of the population, with an outcome above 0
  std::uint64_t acts_before = 0;
  std::uint64_t acts_after = 0;
  bool posts_known = false;  ///< h-index counts posts
  Comparison comparison;
  std::vector<FittedModel> fitted;
  std::vector<std::optional<double>> r2_followers;  ///< of models, in order: points against log(1 + followers)
};

/// How far the scores of a model moved from day to day before the last split.
struct ModelMoves {
  std::string model;
  std::int64_t from = 0;
  std::size_t days = 0;
  DailyMoves moves;
};

struct ExamReport {
  std::vector<ExaminedModel> models;
  std::vector<SplitReport> splits;
  std::vector<NetworkAgreement> networks;  ///< of the first model, at the last split
  std::vector<ModelMoves> moves;           ///< of the first model and the unprotected one
};

/// The time of the first row and the one after the last row before `end`. errors  not_enough_data for a log without
/// rows
Result<LogSpan> log_span(const aggregate::EventTable& events, std::int64_t end);

/// What is examined under a request and lists: see ExaminedModel. errors  usage: a share outside (0, 1]
Result<std::vector<ExaminedModel>> examined_models(const ExamRequest& request, const pipeline::LoadedLists& lists,
                                                   const ScoreModel& model);

/// errors  not_enough_data, naming the split, where nobody had been engaged with before it or nobody was after it;
///         cancelled
Result<ExamReport> run_exam(aggregate::EventTable events, const pipeline::LoadedLists& lists, const ScoreModel& model,
                            const ExamRequest& request, pipeline::Progress& progress);

}  // namespace renown::evaluate
