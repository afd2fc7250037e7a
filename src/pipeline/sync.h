/// Syncing: every source of a data folder, read from where it stands to its end, or followed.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "renown/result.h"

#include "net/pacer.h"
#include "pipeline/connectors.h"
#include "pipeline/network_access.h"
#include "pipeline/progress.h"
#include "pipeline/source_reader.h"

namespace renown::pipeline {

struct SyncRequest {
  static constexpr std::int64_t kPollSeconds = 300;

  std::string data_folder;
  std::string token_key_file;                ///< of the sealed tokens; needed where the folder has any
  std::vector<std::string> sources = {};     ///< by name; empty: all
  bool follow = false;                       ///< goes on until it is stopped
  bool from_start = false;                   ///< forgets the cursors first: all is read again, and nothing is doubled
  std::int64_t poll_seconds = kPollSeconds;  ///< between two readings of a source that is followed
  NetworkOptions network;

  std::span<const ConnectorKind> connectors = pipeline::connectors();

  /// The clock and the waiting, one for each thread.
  std::function<std::unique_ptr<net::Pacer>()> make_pacer = net::make_system_pacer;

  /// Called after each commit, one call at a time: these rows survive a kill.
  SourceReader::OnCommit on_commit = {};

  /// With follow: called after each reading of a source, one call at a time.
  std::function<void(const SourceOutcome& outcome)> on_reading = {};
};

/// Reads the sources side by side. What is wrong with one stands in its outcome and stops no other.
///
/// returns  an outcome for each source, by name: of all its readings
/// errors   not_found, for a source or a folder that is not there; busy; io, of the data folder. A stop is no error:
///          whatever was not read to its end by then is stale
Result<std::vector<SourceOutcome>> sync(const SyncRequest& request, Progress& progress);

}  // namespace renown::pipeline
