#include "pipeline/row_text.h"

#include <charconv>
#include <cstring>

#include "io/csv.h"
#include "io/json_escape.h"
#include "io/plain_text.h"

namespace renown::pipeline {
namespace {

constexpr std::size_t kFrameBytes = 160;  // more than time, kind, keys and punctuation of any line
constexpr std::size_t kMostGrowth = 6;    // bytes that one byte of a text can become: \u001f

/// memcpy for short texts, without a call: words, of which the last overlaps the one before.
inline void copy(char* to, std::string_view text) {
  const auto word = [&](std::size_t at, auto room) {
    std::memcpy(&room, text.data() + at, sizeof room);
    std::memcpy(to + at, &room, sizeof room);
  };
  const std::size_t size = text.size();
  if (size >= 8) {
    for (std::size_t at = 0; at + 8 < size; at += 8) word(at, std::uint64_t{});
    word(size - 8, std::uint64_t{});
  } else if (size >= 4) {
    word(0, std::uint32_t{});
    word(size - 4, std::uint32_t{});
  } else {
    for (std::size_t i = 0; i < size; ++i) to[i] = text[i];
  }
}

}  // namespace

void RowText::make_room(const Interaction& row) {
  const std::size_t texts =
      row.network.size() + row.actor.size() + row.target.size() + row.post.size() + row.id.size() + row.tags.size();
  const std::size_t needed = size_ + kFrameBytes + kMostGrowth * texts;
  if (bytes_.size() < needed) bytes_.resize(2 * needed);
}

void RowText::put(std::string_view text) {
  copy(bytes_.data() + size_, text);
  size_ += text.size();
}

/// Consecutive rows often have the same time: its digits are kept.
void RowText::put_time(std::int64_t time) {
  if (time_size_ == 0 || time != time_) {
    time_ = time;
    const auto end = std::to_chars(time_digits_.data(), time_digits_.data() + time_digits_.size(), time).ptr;
    time_size_ = static_cast<std::size_t>(end - time_digits_.data());
  }
  put({time_digits_.data(), time_size_});
}

void RowText::put_csv_field(std::string_view text) {
  bytes_[size_++] = ',';
  if (text.empty()) return;
  if (io::is_plain(text)) return put(text);
  put(io::csv_field(text));
}

void RowText::put_member(std::string_view key, std::string_view value) {
  if (value.empty()) return;
  put(key);
  if (io::is_plain(value)) {
    bytes_[size_++] = '"';
    put(value);
    bytes_[size_++] = '"';
    return;
  }
  put(io::json_string(value));
}

void RowText::add_csv(const Interaction& row) {
  make_room(row);
  put_time(row.time);
  put_csv_field(row.network);
  bytes_[size_++] = ',';
  put(kind_name(row.kind));
  for (const std::string_view text : {row.actor, row.target, row.post, row.id, row.tags}) put_csv_field(text);
  bytes_[size_++] = '\n';
}

void RowText::add_ndjson(const Interaction& row) {
  make_room(row);
  put("{\"time\":");
  put_time(row.time);
  put_member(",\"network\":", row.network);
  put_member(",\"kind\":", kind_name(row.kind));
  put_member(",\"actor\":", row.actor);
  put_member(",\"target\":", row.target);
  put_member(",\"post\":", row.post);
  put_member(",\"id\":", row.id);
  put_member(",\"tags\":", row.tags);
  put("}\n");
}

}  // namespace renown::pipeline
