/// Reading logs whole: every block of every log goes to one receiver, with counts, digests and progress.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "renown/result.h"

#include "model/interaction_reader.h"
#include "pipeline/log_input.h"
#include "pipeline/progress.h"

namespace renown::pipeline {

/// One log that was read.
struct ReadLog {
  std::string name;  ///< as the user named it, or as a pattern of his found it
  std::uint64_t size_bytes = 0;
  std::string sha256;  ///< of the file; of a dump folder the digests of its files together; empty for standard input
  std::string rows_digest;  ///< RowSetDigest of its rows, for a data folder; else empty
  bool changed = false;     ///< its size or time of change was another after reading than before
  model::ReadReport report;
};

/// What was read in all.
struct ReadSummary {
  std::vector<ReadLog> logs;

  model::ReadReport total() const;
};

struct ReadRequest {
  std::vector<std::string> paths;  ///< files, folders, patterns (*.json.gz), "-" for standard input
  LogFormat format = LogFormat::automatic;
  bool strict = false;
  std::size_t threads = 1;  ///< to read with: rows, their order and reports are the same for any number
};

/// Gives every block to `receive`, in the order of the paths (a pattern's files in byte order).
///
/// errors  of reading, and what `receive` returns; cancelled
Result<ReadSummary> read_logs(const ReadRequest& request,
                              const std::function<Result<void>(const model::InteractionBlock&)>& receive,
                              Progress& progress);

/// The logs that paths and patterns stand for, in order. errors  not_found; usage for a second standard input
Result<std::vector<std::string>> find_logs(const std::vector<std::string>& paths);

/// Reads one log; as read_logs.
Result<ReadLog> read_log(const std::string& path, LogFormat format, model::ReadOptions options,
                         const std::function<Result<void>(const model::InteractionBlock&)>& receive,
                         Progress& progress);

/// Gives what a reader has left, block by block. errors  as above
Result<void> read_to_end(model::InteractionReader& reader, const std::string& name, std::uint64_t size_bytes,
                         const std::function<Result<void>(const model::InteractionBlock&)>& receive,
                         Progress& progress);

/// SHA-256 of a file, in hexadecimal. errors  io
Result<std::string> file_digest(const std::string& path);

}  // namespace renown::pipeline
