/// Row text: interactions as lines of a flat log (docs/formats/flat-log.md), CSV or NDJSON.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "renown/interaction.h"

#include "model/interaction_block.h"

namespace renown::pipeline {

inline constexpr std::string_view kCsvHeader = "time,network,kind,actor,target,post,id,tags\n";

/// Lines, one after the other. Cleared, it keeps its room.
class RowText {
 public:
  void add_csv(const Interaction& row);
  void add_ndjson(const Interaction& row);
  /// All rows of a block: where its texts need no escapes, as most do, much quicker than one by one.
  void add_all_csv(const model::InteractionBlock& block);
  void add_all_ndjson(const model::InteractionBlock& block);

  std::string_view text() const { return {bytes_.data(), size_}; }
  std::size_t size() const { return size_; }
  void clear() { size_ = 0; }

 private:
  static constexpr std::size_t kTimeBytes = 20;  ///< of the longest time

  template <class PutLine>
  void add_all(const model::InteractionBlock& block, void (RowText::*add_row)(const Interaction&),
               const PutLine& put_line);
  void make_room(std::size_t needed);
  void make_room(const Interaction& row);
  void set_time(std::int64_t time);
  void put(std::string_view text);
  void put_time(std::int64_t time);
  void put_csv_field(std::string_view text);
  void put_member(std::string_view key, std::string_view value);

  std::string bytes_;  ///< the text, then room for more
  std::size_t size_ = 0;
  std::int64_t time_ = 0;  ///< the last that was put, and its digits; none: there was none yet
  std::array<char, model::TextColumn::kPadding> time_digits_{};
  std::size_t time_size_ = 0;
};

}  // namespace renown::pipeline
