/// Pages of what is read newest first, and the cursors that lead on.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "renown/result.h"

namespace renown::access {

inline constexpr std::size_t kMostPerPage = 200;

template <class T>
struct Page {
  std::vector<T> items;  ///< newest first
  std::string next;      ///< cursor of the page after this one; empty: this was the last
};

/// Every number is below this: what a list without a cursor begins under.
inline constexpr std::int64_t kNewest = INT64_MAX;

/// Opaque to who gets it.
std::string cursor_text(std::int64_t below);

/// The number that a cursor says to go on below; kNewest for an empty one. errors  bad_input
Result<std::int64_t> parse_cursor(std::string_view cursor);

/// A page of the items that were read: up to `most`, and one more where there are more.
template <class T>
Page<T> page_of(std::vector<T> items, std::size_t most) {
  Page<T> page{std::move(items), ""};
  if (page.items.size() <= most) return page;
  page.items.resize(most);
  page.next = cursor_text(page.items.back().number);
  return page;
}

}  // namespace renown::access
