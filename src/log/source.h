/// Source: what of a network is read into the log, and how far.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace renown::log {

/// How far a source was read. Written together with the rows that were read up to there.
struct SourceState {
  std::string cursor = {};                      ///< of the last piece; the connector's own
  std::string whole = {};                       ///< of the last reading that came to the end
  std::optional<std::int64_t> whole_time = {};  ///< when that reading began, unix seconds; empty: none did
  std::optional<std::int64_t> tried_time = {};  ///< when the last reading began; empty: none did
  std::string problem = {};                     ///< what kept the last reading from its end; empty: nothing did
  std::string sentence = {};                    ///< the same in words
  std::optional<std::int64_t> retry_at = {};    ///< unix seconds: not before, as the network said
  std::string subject = {};                     ///< the account as rows name it, once it was seen
  std::uint64_t skipped = 0;                    ///< parts that the last reading could not read
  bool operator==(const SourceState&) const = default;
};

struct Source {
  std::string name = {};       ///< unique in the log
  std::string connector = {};  ///< which one reads it
  std::string network = {};
  std::string account = {};  ///< whose engagement; empty: a whole server's
  std::string server = {};
  std::string settings = {};  ///< of the connector, JSON
  std::int64_t made = 0;      ///< unix seconds
  SourceState state = {};
  std::uint64_t rows = 0;   ///< given over all readings
  std::uint64_t added = 0;  ///< of them, new in the log
};

}  // namespace renown::log
