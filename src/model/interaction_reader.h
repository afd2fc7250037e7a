/// InteractionReader: what every log format is to the rest of Renown: blocks of interactions and a report.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "renown/result.h"

#include "model/interaction_block.h"

namespace renown::model {

/// A record that could not be used, and where it stands.
struct BadRecord {
  std::string place;   ///< "events.csv:17", or "Posts.xml row 12"
  std::string reason;  ///< one sentence
};

/// What a reader saw. records = interactions' records + bad + left out: nothing disappears without a count.
struct ReadReport {
  static constexpr std::size_t kShown = 5;  ///< bad records kept with their place; the rest are only counted

  std::uint64_t records = 0;       ///< lines or rows seen, blank lines not counted
  std::uint64_t interactions = 0;  ///< interactions yielded; one record may hold several, or none
  std::uint64_t bad = 0;           ///< records that could not be used
  std::vector<BadRecord> first_bad;
  std::map<std::string, std::uint64_t> left_out;  ///< good records that are no interaction, by reason
  std::vector<std::string> notices;               ///< said once for the file, e.g. about unknown columns

  void add_bad(BadRecord record) {
    ++bad;
    if (first_bad.size() < kShown) first_bad.push_back(std::move(record));
  }
  void leave_out(const std::string& reason) { ++left_out[reason]; }
};

struct ReadOptions {
  bool strict = false;      ///< stop at the first bad record instead of counting it
  std::size_t threads = 1;  ///< to read with, where the format allows; rows and report are the same for any number
};

/// A stream of interactions from one log. Not for use by two threads at once.
class InteractionReader {
 public:
  virtual ~InteractionReader() = default;

  /// Appends the next rows to `block` (which the caller has cleared) until it is full or the log ends.
  ///
  /// returns  true if there may be more, false at the end of the log (the block may hold last rows)
  /// errors   bad_input when the log is not what it claims to be, or for the first bad record under `strict`;
  ///          io when it cannot be read further
  virtual Result<bool> read(InteractionBlock& block) = 0;

  /// What was seen so far.
  virtual const ReadReport& report() const = 0;

  /// Bytes of the underlying file consumed so far (compressed bytes for a compressed file), for progress.
  virtual std::uint64_t bytes_read() const = 0;
};

}  // namespace renown::model
