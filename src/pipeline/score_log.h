/// From logs to a score run: what `renown score` and `renown why` share, and what the library offers.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "renown/account.h"
#include "renown/score_model.h"

#include "aggregate/event_table.h"
#include "pipeline/progress.h"
#include "pipeline/read_logs.h"
#include "score/score_run.h"
#include "score/score_sheet.h"

namespace renown::pipeline {

struct ScoreRequest {
  ReadRequest logs;  ///< no paths: the data folder is read
  std::string data_folder;

  std::int64_t now = 0;  ///< unix seconds; as_of defaults to one second after the newest row not later
  std::optional<std::int64_t> as_of;
  std::string model;  ///< name of a shipped model, or a file; empty: the default
  std::optional<double> half_life_days;
  std::optional<double> verified_share;
  std::string verified_file;  ///< empty: no list, so the scores are unprotected
  std::string people_file;
  std::string pardon_file;  ///< beside whom the data folder pardons

  std::size_t threads = 1;
  bool ledger = false;             ///< sweep_log() makes one beside the scores
  std::uint64_t memory_bytes = 0;  ///< for working data and for the interaction log; 0: half of the machine's
};

/// A list file that a run went by.
struct ListFile {
  std::string path;
  std::string sha256;
  std::size_t entries = 0;
};

/// The lists of a run as values.
struct LoadedLists {
  PeopleMap people;
  std::optional<AccountSet> verified;
  AccountSet pardoned;             ///< never searched for farms
  std::optional<AccountSet> farm;  ///< the farm list of an earlier run, to be held; nothing: farms are searched
  std::optional<ListFile> people_file, verified_file, pardon_file;
  std::optional<ListFile> folder_pardon;  ///< the pardons of the data folder; nothing where it has none
};

/// What a run went by, beside the rows.
struct RunInputs {
  ReadSummary read;
  ScoreModel model;
  LoadedLists lists;
  std::int64_t as_of = 0;
};

/// Everything that a run needs, read but not yet scored: it can be scored at several times.
struct LoadedLog : RunInputs {
  aggregate::EventTable events;
};

/// The scores of a log of any size, and the ledger where it was asked for.
struct SweptLog {
  std::unique_ptr<RunInputs> inputs;  ///< where it is: the sheet refers to the lists
  score::ScoreSheet sheet;
  std::uint64_t spilled_bytes = 0;  ///< working data that did not fit into memory
};

/// errors  of reading; not_enough_data when there is no row at all before `now`; usage
Result<LoadedLog> load_log(const ScoreRequest& request, Progress& progress);

/// Reads and scores a log without holding its acts: for whoever asks no reasons afterwards. Scores and ledger are those
/// of load_log() and score_events(). Working data beyond request.memory_bytes goes to files in $TMPDIR, or /var/tmp.
///
/// errors  as load_log; io where there is no room for working data
Result<SweptLog> sweep_log(const ScoreRequest& request, Progress& progress);

Result<LoadedLists> load_lists(const ScoreRequest& request);

/// The text of the model file of a request. errors  usage for a name that is neither shipped nor a file; io
Result<std::string> load_model_text(const ScoreRequest& request);

/// The model of a name or file, with the changes that the request asks for.
Result<ScoreModel> load_model(const ScoreRequest& request);

/// Scores rows that have been read: searches for farms (or holds the list that `lists` gives), then weighs what is
/// left. `lists` must outlive the run.
score::ScoreRun score_events(aggregate::EventTable events, const LoadedLists& lists, const ScoreModel& model,
                             std::int64_t as_of, std::size_t threads);

}  // namespace renown::pipeline
