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

namespace renown::model {

/// A column of texts: one run of bytes and where each text ends. Cleared, it keeps its room.
class TextColumn {
 public:
  static constexpr std::size_t kPadding = 32;  ///< bytes that push_padded() may read from where a text begins

  void push(std::string_view text) {
    char* const to = room(text.size());
    if (!text.empty()) std::memcpy(to, text.data(), text.size());
    end(text.size());
  }
  /// As push, for a text of which kPadding bytes can be read however short it is: most texts then cost no call.
  void push_padded(std::string_view text) {
    char* const to = room(text.size());
    std::memcpy(to, text.data(), kPadding);
    if (text.size() > kPadding) std::memcpy(to + kPadding, text.data() + kPadding, text.size() - kPadding);
    end(text.size());
  }
  void push_empty() { ends_.push_back(ends_.back()); }

  std::string_view operator[](std::size_t row) const {
    return {bytes_.data() + ends_[row], ends_[row + 1] - ends_[row]};
  }
  std::size_t size() const { return ends_.size() - 1; }
  std::size_t size_bytes() const { return ends_.back(); }
  /// All texts, one after the other.
  std::string_view bytes() const { return bytes_from(0); }
  /// Those from row `row` on.
  std::string_view bytes_from(std::size_t row) const { return {bytes_.data() + ends_[row], ends_.back() - ends_[row]}; }
  void clear() { ends_.resize(1); }
  /// Keeps the first `rows` texts.
  void truncate(std::size_t rows) { ends_.resize(rows + 1); }

 private:
  /// Where the next text goes: there is room for it and for kPadding bytes more.
  char* room(std::size_t size_bytes) {
    const std::size_t needed = ends_.back() + size_bytes + kPadding;
    if (needed > bytes_.size()) bytes_.resize(std::max(needed, bytes_.size() * 2));
    return bytes_.data() + ends_.back();
  }
  void end(std::size_t size_bytes) { ends_.push_back(ends_.back() + size_bytes); }

  std::vector<char> bytes_;  ///< what is behind the last text is nothing yet
  std::vector<std::size_t> ends_{0};
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

  /// As push, for texts of which TextColumn::kPadding bytes can be read (an empty one may have no address).
  void push_padded(const Interaction& row) {
    time_.push_back(row.time);
    kind_.push_back(row.kind);
    push_padded(network_, row.network);
    push_padded(actor_, row.actor);
    push_padded(target_, row.target);
    push_padded(post_, row.post);
    push_padded(id_, row.id);
    push_padded(tags_, row.tags);
  }

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
  static void push_padded(TextColumn& column, std::string_view text) {
    if (text.empty()) {
      column.push_empty();
    } else {
      column.push_padded(text);
    }
  }

  std::vector<std::int64_t> time_;
  std::vector<Kind> kind_;
  TextColumn network_, actor_, target_, post_, id_, tags_;
};

}  // namespace renown::model
