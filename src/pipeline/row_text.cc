#include "pipeline/row_text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>

#include "base/short_bytes.h"
#include "io/csv.h"
#include "io/json_escape.h"
#include "io/plain_text.h"

namespace renown::pipeline {
namespace {

constexpr std::size_t kFrameBytes = 160;  // more than time, kind, keys and punctuation of any line
constexpr std::size_t kMostGrowth = 6;    // bytes that one byte of a text can become: \u001f

/// The texts of a column, each readable for TextColumn::kPadding bytes: there is so much room behind the last.
class Texts {
 public:
  explicit Texts(const model::TextColumn& column) : column_(column), is_empty_(column.size_bytes() == 0) {}

  std::string_view operator[](std::size_t row) const {
    return is_empty_ ? std::string_view(kNothing.data(), 0) : column_[row];
  }

 private:
  static constexpr std::array<char, model::TextColumn::kPadding> kNothing{};

  const model::TextColumn& column_;
  bool is_empty_;
};

/// Where lines are written that have room for themselves and for TextColumn::kPadding bytes more.
class Line {
 public:
  explicit Line(char* at) : at_(at) {}

  void put(char c) { *at_++ = c; }
  template <std::size_t kSize>
  void put(const char (&text)[kSize]) {
    std::memcpy(at_, text, kSize - 1);
    at_ += kSize - 1;
  }
  /// Most texts are shorter than what is copied of each: no call and no branch that could be foreseen wrongly.
  [[gnu::always_inline]] void put_padded(std::string_view text) {
    constexpr std::size_t kPadding = model::TextColumn::kPadding;
    std::memcpy(at_, text.data(), kPadding);
    if (text.size() > kPadding) [[unlikely]]
      std::memcpy(at_ + kPadding, text.data() + kPadding, text.size() - kPadding);
    at_ += text.size();
  }
  template <std::size_t kSize>
  void put_member(const char (&key)[kSize], std::string_view text) {
    if (text.empty()) return;
    put(key);
    put_padded(text);
    put('"');
  }
  char* at() const { return at_; }

 private:
  char* at_;
};

/// Names of kinds, each readable as far as a text of a column.
constexpr auto kPaddedKinds = [] {
  std::array<std::array<char, model::TextColumn::kPadding>, kKindNames.size()> padded{};
  for (std::size_t i = 0; i < padded.size(); ++i) std::ranges::copy(kKindNames[i], padded[i].begin());
  return padded;
}();

void put_kind(Line& line, Kind kind) {
  line.put_padded({kPaddedKinds[static_cast<std::size_t>(kind)].data(), kind_name(kind).size()});
}

bool all_plain(const model::InteractionBlock& block) {
  return std::ranges::all_of(block.texts(),
                             [](const model::TextColumn* column) { return io::is_plain(column->bytes()); });
}

std::size_t most_bytes(const model::InteractionBlock& block) {
  std::size_t texts = 0;
  for (const model::TextColumn* column : block.texts()) texts += column->size_bytes();
  return texts + kFrameBytes * block.size() + model::TextColumn::kPadding;
}

/// The text columns of a block without characters that need an escape.
struct PlainTexts {
  explicit PlainTexts(const model::InteractionBlock& block)
      : network(block.networks()),
        actor(block.actors()),
        target(block.targets()),
        post(block.posts()),
        id(block.ids()),
        tags(block.tags()) {}

  Texts network, actor, target, post, id, tags;
};

}  // namespace

void RowText::make_room(std::size_t needed) {
  if (bytes_.size() < size_ + needed) bytes_.resize(2 * (size_ + needed));
}

void RowText::make_room(const Interaction& row) {
  const std::size_t texts =
      row.network.size() + row.actor.size() + row.target.size() + row.post.size() + row.id.size() + row.tags.size();
  make_room(kFrameBytes + kMostGrowth * texts);
}

void RowText::put(std::string_view text) {
  base::copy_bytes(bytes_.data() + size_, text.data(), text.size());
  size_ += text.size();
}

/// Consecutive rows often have the same time: its digits are kept.
void RowText::set_time(std::int64_t time) {
  if (time_size_ != 0 && time == time_) return;
  time_ = time;
  const auto end = std::to_chars(time_digits_.data(), time_digits_.data() + kTimeBytes, time).ptr;
  time_size_ = static_cast<std::size_t>(end - time_digits_.data());
}

void RowText::put_time(std::int64_t time) {
  set_time(time);
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

/// put_line(line, texts, row) writes one row and returns where it ended, where no text of the block needs an escape;
/// add_row any row.
template <class PutLine>
void RowText::add_all(const model::InteractionBlock& block, void (RowText::*add_row)(const Interaction&),
                      const PutLine& put_line) {
  if (!all_plain(block)) {
    for (std::size_t row = 0; row < block.size(); ++row) (this->*add_row)(block[row]);
    return;
  }
  make_room(most_bytes(block));
  const PlainTexts texts(block);
  Line line(bytes_.data() + size_);
  for (std::size_t row = 0; row < block.size(); ++row) {
    set_time(block.times()[row]);
    line = put_line(line, texts, row);
  }
  size_ = static_cast<std::size_t>(line.at() - bytes_.data());
}

void RowText::add_all_csv(const model::InteractionBlock& block) {
  add_all(block, &RowText::add_csv, [&](Line line, const PlainTexts& texts, std::size_t row) {
    line.put_padded({time_digits_.data(), time_size_});
    line.put(',');
    line.put_padded(texts.network[row]);
    line.put(',');
    put_kind(line, block.kinds()[row]);
    for (const Texts* column : {&texts.actor, &texts.target, &texts.post, &texts.id, &texts.tags}) {
      line.put(',');
      line.put_padded((*column)[row]);
    }
    line.put('\n');
    return line;
  });
}

void RowText::add_all_ndjson(const model::InteractionBlock& block) {
  add_all(block, &RowText::add_ndjson, [&](Line line, const PlainTexts& texts, std::size_t row) {
    line.put("{\"time\":");
    line.put_padded({time_digits_.data(), time_size_});
    line.put_member(",\"network\":\"", texts.network[row]);
    line.put(",\"kind\":\"");
    put_kind(line, block.kinds()[row]);
    line.put('"');
    line.put_member(",\"actor\":\"", texts.actor[row]);
    line.put_member(",\"target\":\"", texts.target[row]);
    line.put_member(",\"post\":\"", texts.post[row]);
    line.put_member(",\"id\":\"", texts.id[row]);
    line.put_member(",\"tags\":\"", texts.tags[row]);
    line.put("}\n");
    return line;
  });
}

}  // namespace renown::pipeline
