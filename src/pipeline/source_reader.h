/// SourceReader: one source, read from where it stands to its end, piece by piece into the log.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>

#include "renown/result.h"

#include "connect/connector.h"
#include "connect/reading.h"
#include "log/interaction_log.h"
#include "net/pacer.h"
#include "pipeline/connectors.h"
#include "pipeline/seen_store.h"
#include "pipeline/source_standing.h"

namespace renown::pipeline {

/// What became of the readings of one source.
struct SourceOutcome {
  log::Source source;  ///< as it stands afterwards
  std::uint64_t pieces = 0;
  log::SourceCounts counts;
  std::uint64_t profiles = 0;
  std::uint64_t posts = 0;
  model::ReadReport report;                ///< records seen, bad and left out
  std::vector<connect::Problem> problems;  ///< of the last reading: skipped parts, and what ended it

  SourceStanding standing() const { return standing_of(source.state); }
};

/// Where what was read goes. Shared by the readers of all sources, one at a time.
struct Destination {
  log::InteractionLog& log;
  SeenStore& seen;
  std::mutex mutex = {};
};

class SourceReader {
 public:
  static constexpr std::uint64_t kMostRows = 100'000;  ///< gathered before they are committed
  static constexpr std::int64_t kMostSeconds = 2;      ///< what a kill may cost: they are asked for again

  /// Called after each commit, with the outcome so far: these rows survive a kill.
  using OnCommit = std::function<void(const SourceOutcome& durable)>;

  /// destination, pacer  outlive it
  /// errors              not_found where the source is gone; io
  static Result<SourceReader> open(Destination& destination, log::Source source, net::Pacer& pacer, OnCommit on_commit);

  /// Reads to the end, or to a problem, which is told by outcome() and by the source's state in the log.
  /// extent  that the connector was made for; news alone is no complete reading
  /// errors  of the log and the store alone: nothing more can be kept
  Result<void> read(connect::Connector& connector, std::int64_t now, connect::Extent extent, std::stop_token stop);

  /// A reading that could not even begin. errors  as read
  Result<void> note_problem(connect::Problem problem, std::int64_t now);

  const SourceOutcome& outcome() const { return outcome_; }

 private:
  SourceReader(Destination& destination, log::Source source, net::Pacer& pacer, OnCommit on_commit,
               log::SourceWriter writer, log::Tombstones erased);
  void take(connect::Pull pull);
  void note(const connect::Problem& problem, log::SourceState& state);
  Result<void> commit(const log::SourceState& state);

  Destination* destination_;
  net::Pacer* pacer_;
  OnCommit on_commit_;
  log::SourceWriter writer_;
  log::Tombstones erased_;
  std::vector<connect::ProfileSeen> profiles_;  ///< since the last commit, like posts_
  std::vector<connect::Post> posts_;
  SourceOutcome outcome_;
};

}  // namespace renown::pipeline
