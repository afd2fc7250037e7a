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

}  // namespace

void RowText::make_room(const Interaction& row) {
  const std::size_t texts = row.network.size() + row.actor.size() + row.target.size() + row.post.size() +
                            row.id.size() + row.tags.size();
  const std::size_t needed = size_ + kFrameBytes + kMostGrowth * texts;
  if (bytes_.size() < needed) bytes_.resize(2 * needed);
}

void RowText::put(std::string_view text) {
  std::memcpy(bytes_.data() + size_, text.data(), text.size());
  size_ += text.size();
}

void RowText::put(std::int64_t number) {
  const auto end = std::to_chars(bytes_.data() + size_, bytes_.data() + bytes_.size(), number).ptr;
  size_ = static_cast<std::size_t>(end - bytes_.data());
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
  put(row.time);
  for (const std::string_view text :
       {row.network, kind_name(row.kind), row.actor, row.target, row.post, row.id, row.tags})
    put_csv_field(text);
  bytes_[size_++] = '\n';
}

void RowText::add_ndjson(const Interaction& row) {
  make_room(row);
  put("{\"time\":");
  put(row.time);
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
