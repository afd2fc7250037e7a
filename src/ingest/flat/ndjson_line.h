/// NdjsonLine: one line of a flat NDJSON log, checked in all of its parts.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "renown/interaction.h"
#include "renown/result.h"

#include "ingest/flat/flat_row.h"
#include "io/json.h"
#include "io/line_reader.h"

namespace renown::ingest::flat {

inline constexpr std::size_t kRememberedKeys = 20;  ///< ignored keys that the notice names; a broken log has millions

/// Adds a key that is not there yet, up to kRememberedKeys of them.
void remember_key(std::vector<std::string>& keys, std::string_view key);

/// Used again for each line.
class NdjsonLine {
 public:
  /// returns  the row; its texts are valid until the next call
  /// errors   bad_input, one clause: "not valid JSON at byte 7: ...", "actor is empty", ...
  Result<Interaction> read(const io::Line& line);

  /// Keys that are no columns, of all lines so far.
  std::vector<std::string>& ignored() { return ignored_; }

 private:
  Result<FlatRow> read_texts(const io::Line& line);
  Result<std::string_view> read_value(Column column, io::JsonValue value);
  std::string_view read_number(Column column, std::string_view number);
  Result<std::string_view> read_tags(io::JsonValue array);

  io::JsonParser parser_;
  std::string time_;
  std::string tags_;
  std::vector<std::string> ignored_;
};

}  // namespace renown::ingest::flat
