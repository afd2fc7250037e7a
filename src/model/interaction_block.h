/// InteractionBlock: a few thousand interactions as columns, the unit in which readers hand over what they read.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "renown/interaction.h"

namespace renown::model {

/// A column of texts: one run of bytes and where each text ends. Cleared, it keeps its room.
class TextColumn {
 public:
  void push(std::string_view text) {
    if (!text.empty()) bytes_.append(text);
    ends_.push_back(bytes_.size());
  }
  std::string_view operator[](std::size_t row) const {
    const std::size_t begin = row == 0 ? 0 : ends_[row - 1];
    return std::string_view(bytes_).substr(begin, ends_[row] - begin);
  }
  std::size_t size() const { return ends_.size(); }
  std::size_t size_bytes() const { return bytes_.size(); }
  void clear() {
    bytes_.clear();
    ends_.clear();
  }

 private:
  std::string bytes_;
  std::vector<std::size_t> ends_;
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

  /// The row's texts point into this block: valid until it is changed.
  Interaction operator[](std::size_t row) const {
    return {time_[row], kind_[row], network_[row], actor_[row], target_[row], post_[row], id_[row], tags_[row]};
  }

  std::size_t size() const { return time_.size(); }
  bool empty() const { return time_.empty(); }
  bool full() const {
    return size() >= kRows ||
           actor_.size_bytes() + target_.size_bytes() + post_.size_bytes() + id_.size_bytes() + tags_.size_bytes() >=
               kTextBytes;
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
