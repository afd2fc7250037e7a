/// Row text: interactions as lines of a flat log (docs/formats/flat-log.md), CSV or NDJSON.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "renown/interaction.h"

namespace renown::pipeline {

inline constexpr std::string_view kCsvHeader = "time,network,kind,actor,target,post,id,tags\n";

/// Lines, one after the other. Cleared, it keeps its room.
class RowText {
 public:
  void add_csv(const Interaction& row);
  void add_ndjson(const Interaction& row);

  std::string_view text() const { return {bytes_.data(), size_}; }
  std::size_t size() const { return size_; }
  void clear() { size_ = 0; }

 private:
  void make_room(const Interaction& row);
  void put(std::string_view text);
  void put_time(std::int64_t time);
  void put_csv_field(std::string_view text);
  void put_member(std::string_view key, std::string_view value);

  std::string bytes_;  ///< the text, then room for more
  std::size_t size_ = 0;
  std::int64_t time_ = 0;  ///< the last that was put, and its digits; none: there was none yet
  std::array<char, 20> time_digits_{};
  std::size_t time_size_ = 0;
};

}  // namespace renown::pipeline
