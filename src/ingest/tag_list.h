/// TagList: the tags of a row, as the log keeps them.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "base/ascii.h"

namespace renown::ingest {

/// Each tag once, in order of appearance: without its '#', letters A to Z in lower case, blanks inside it as '-'.
class TagList {
 public:
  static constexpr std::size_t kMaxTags = 4096;  ///< more are not read: with them the list is too long for a row anyway

  void add(std::string_view tag) {
    while (tag.starts_with('#')) tag.remove_prefix(1);
    if (tag.empty() || tags_.size() == kMaxTags) return;
    std::string& word = tags_.emplace_back(tag);
    std::ranges::transform(word, word.begin(), [](char c) {
      return c == ' ' || c == '\t' || c == '\n' || c == '\r' ? '-' : base::lower(c);
    });
    if (std::find(tags_.begin(), tags_.end() - 1, word) != tags_.end() - 1) tags_.pop_back();
  }

  /// Space-separated.
  std::string text() const {
    std::string text;
    for (const std::string& tag : tags_) {
      if (!text.empty()) text += ' ';
      text += tag;
    }
    return text;
  }

 private:
  std::vector<std::string> tags_;
};

}  // namespace renown::ingest
