/// Events as JSON lines of one length, which ingest tasks read.
#pragma once

#include <cstdint>
#include <string>

#include "common/log.h"

namespace renown::bench {

/// Bytes of a line, its end included: a flat event, and one with nested objects that no column asks for.
inline constexpr std::size_t kPlainBytes = 127;
inline constexpr std::size_t kNestedBytes = 418;

struct Events {
  std::string path;
  std::uint64_t rows = 0;
  std::size_t line_bytes = 0;
};

/// Writes the rows of the log to a file, each as a line of exactly `line_bytes` bytes: time (unix seconds), network,
/// kind, actor, target and an id; nested lines also the post and objects of a client and a place.
Events write_events(const Log& log, const std::string& path, std::size_t line_bytes);

}  // namespace renown::bench
