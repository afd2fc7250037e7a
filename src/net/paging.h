/// PageGuard: paging that comes to an end, whatever the server says.
#pragma once

#include <cstddef>
#include <string>
#include <unordered_set>

#include "renown/result.h"

namespace renown::net {

/// Servers have bugs: a cursor that leads to itself, two pages that name each other, pages without end. Ask it before
/// each page; what it refuses is a partial result, not a whole one.
class PageGuard {
 public:
  static constexpr std::size_t kMostPages = 10'000;

  /// what        is paged, in sentences: "the followers of @ann"
  /// most_pages  >= 1
  explicit PageGuard(std::string what, std::size_t most_pages = kMostPages)
      : what_(std::move(what)), most_pages_(most_pages) {}

  /// page    the address or the cursor of the page to be asked for; the first page's cursor is ""
  /// errors  bad_input where it was asked for before, or is one too many
  Result<void> enter(const std::string& page);

  std::size_t pages() const { return seen_.size(); }

 private:
  std::string what_;
  std::size_t most_pages_;
  std::unordered_set<std::string> seen_;
};

}  // namespace renown::net
