/// InteractionBlock: a few thousand interactions as columns, the unit in which readers hand over what they read.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

#include "renown/interaction.h"

#include "base/short_bytes.h"

namespace renown::model {

/// A column of texts: one run of bytes and where each text ends. Cleared, it keeps its room.
class TextColumn {
 public:
  static constexpr std::size_t kPadding = 32;  ///< bytes that push_padded() may read from where a text begins

  void push(std::string_view text) {
    char* const to = room(text.size());
    base::copy_bytes(to, text.data(), text.size());
    end(text.size());
  }
  /// As push, for a text of which kPadding bytes can be read however short it is: most texts then cost no call. An
  /// empty one may have no address.
  [[gnu::always_inline]] void push_padded(std::string_view text) {
    char* const to = room(text.size());
    if (!text.empty()) {
      std::memcpy(to, text.data(), kPadding);
      if (text.size() > kPadding) std::memcpy(to + kPadding, text.data() + kPadding, text.size() - kPadding);
    }
    end(text.size());
  }

  std::string_view operator[](std::size_t row) const {
    return {bytes_.data() + ends_[row], ends_[row + 1] - ends_[row]};
  }
  std::size_t size() const { return size_; }
  std::size_t size_bytes() const { return size_bytes_; }
  /// All texts, one after the other.
  std::string_view bytes() const { return bytes_from(0); }
  /// Those from row `row` on.
  std::string_view bytes_from(std::size_t row) const { return {bytes_.data() + ends_[row], size_bytes_ - ends_[row]}; }
  void clear() {
    if (ends_.empty()) *this = TextColumn();  // it was moved from
    size_ = size_bytes_ = 0;
  }
  /// Keeps the first `rows` texts.
  void truncate(std::size_t rows) {
    size_ = rows;
    size_bytes_ = ends_[rows];
  }

 private:
  static constexpr std::size_t kFirstTexts = 64;

  /// Where the next text goes: there is room for it and for kPadding bytes more, and for its end.
  [[gnu::always_inline]] char* room(std::size_t size_bytes) {
    const std::size_t needed = size_bytes_ + size_bytes + kPadding;
    if (needed > bytes_.size() || size_ == most_texts_) [[unlikely]]
      grow(needed);
    return bytes_.data() + size_bytes_;
  }
  [[gnu::noinline]] void grow(std::size_t needed) {
    if (needed > bytes_.size()) bytes_.resize(std::max(needed, bytes_.size() * 2));
    if (size_ < most_texts_) return;
    most_texts_ = std::max(kFirstTexts, most_texts_ * 2);
    ends_.resize(most_texts_ + 1);
  }
  void end(std::size_t size_bytes) { ends_[++size_] = size_bytes_ += size_bytes; }

  std::vector<char> bytes_;           ///< what is behind the last text is nothing yet
  std::vector<std::size_t> ends_{0};  ///< where each text begins, and where the last ends; then likewise
  std::size_t most_texts_ = 0;        ///< that ends_ has room for
  std::size_t size_ = 0;
  std::size_t size_bytes_ = 0;
};

/// Rows of equal length columns. A reader fills up to kRows and hands the block over; it is cleared and used again.
class InteractionBlock {
 public:
  static constexpr std::size_t kRows = 8192;
  static constexpr std::size_t kTextBytes = std::size_t{4} << 20;  ///< a block of long texts is full earlier

  void push(const Interaction& row) {
    time_.push_back(row.time);
    kind_.push_back(row.kind);
    network_.push(row.network);
    actor_.push(row.actor);
    target_.push(row.target);
    post_.push(row.post);
    id_.push(row.id);
    tags_.push(row.tags);
  }

  /// As push, for texts that TextColumn::push_padded() takes.
  [[gnu::always_inline]] void push_padded(const Interaction& row) {
    time_.push_back(std::int64_t{row.time});  // not by its address: the caller's row need not be in memory at all
    kind_.push_back(Kind{row.kind});
    network_.push_padded(row.network);
    actor_.push_padded(row.actor);
    target_.push_padded(row.target);
    post_.push_padded(row.post);
    id_.push_padded(row.id);
    tags_.push_padded(row.tags);
  }

  /// The columns, for whoever appends to one after the other.
  struct Columns {
    std::vector<std::int64_t>& times;
    std::vector<Kind>& kinds;
    std::array<TextColumn*, 6> texts;  ///< as texts()
  };
  /// All must be of the same length again before anything else is done, be it by truncate().
  Columns columns() { return {time_, kind_, {&network_, &actor_, &target_, &post_, &id_, &tags_}}; }

  /// The row's texts point into this block: valid until it is changed.
  Interaction operator[](std::size_t row) const {
    return {time_[row], kind_[row], network_[row], actor_[row], target_[row], post_[row], id_[row], tags_[row]};
  }

  const std::vector<std::int64_t>& times() const { return time_; }
  const std::vector<Kind>& kinds() const { return kind_; }
  const TextColumn& networks() const { return network_; }
  const TextColumn& actors() const { return actor_; }
  const TextColumn& targets() const { return target_; }
  const TextColumn& posts() const { return post_; }
  const TextColumn& ids() const { return id_; }
  const TextColumn& tags() const { return tags_; }
  std::array<const TextColumn*, 6> texts() const { return {&network_, &actor_, &target_, &post_, &id_, &tags_}; }

  std::size_t size() const { return time_.size(); }
  bool empty() const { return time_.empty(); }
  bool full() const {
    return size() >= kRows ||
           actor_.size_bytes() + target_.size_bytes() + post_.size_bytes() + id_.size_bytes() + tags_.size_bytes() >=
               kTextBytes;
  }
  /// Keeps the first `rows` rows.
  void truncate(std::size_t rows) {
    time_.resize(rows);
    kind_.resize(rows);
    for (TextColumn* column : {&network_, &actor_, &target_, &post_, &id_, &tags_}) column->truncate(rows);
  }
  void clear() {
    time_.clear();
    kind_.clear();
    for (TextColumn* column : {&network_, &actor_, &target_, &post_, &id_, &tags_}) column->clear();
  }

 private:
  std::vector<std::int64_t> time_;
  std::vector<Kind> kind_;
  TextColumn network_, actor_, target_, post_, id_, tags_;
};

}  // namespace renown::model
