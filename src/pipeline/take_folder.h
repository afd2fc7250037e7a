/// From a data folder to an intake: only what earlier runs did not take in is read.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "renown/account.h"
#include "renown/result.h"

#include "aggregate/intake.h"
#include "base/spill_area.h"
#include "pipeline/progress.h"
#include "pipeline/read_logs.h"

namespace renown::pipeline {

using ReceiveBlock = std::function<Result<void>(const model::InteractionBlock&)>;

/// Gives all rows of a data folder's interaction log to `receive`; the log stands for a file in the summary.
///
/// errors  of opening and reading the log, and what `receive` returns; cancelled
Result<ReadSummary> read_folder(const std::string& path, std::size_t threads, std::uint64_t memory_bytes,
                                const ReceiveBlock& receive, Progress& progress);

/// What was taken in, finished, and from what.
struct TakenIn {
  std::unique_ptr<aggregate::Intake> intake;
  ReadSummary read;
};

/// Whose folder it is, and who is linked there.
struct FolderRequest {
  const std::string& path;
  const PeopleMap& people;           ///< must outlive what is taken in
  const std::string& people_sha256;  ///< empty where there is no list
  std::size_t threads = 1;
  std::uint64_t memory_bytes = 0;  ///< for the interaction log; 0: its default
};

/// Takes in the interaction log of a data folder, and keeps what it took in for the next run (pipeline/tally_cache.h).
/// Where nothing came since the last time the log is not even opened.
///
/// area    must outlive what is taken in
/// errors  of opening and reading the log; cancelled
Result<TakenIn> take_folder(const FolderRequest& request, base::SpillArea& area, Progress& progress);

/// Takes in what was added to a folder that is scored now and then, so that the next score need not: nothing is done
/// where no run has begun a tally that goes by the folder's own list of people. The folder must not be open.
///
/// errors  as take_folder; what was added is safe whatever this says
Result<void> catch_up_tally(const std::string& path, std::size_t threads, std::uint64_t memory_bytes,
                            Progress& progress);

}  // namespace renown::pipeline
