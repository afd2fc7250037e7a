/// Place: how far a server's repositories were read, as the cursor says it. Inside of this folder.
#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <string>
#include <string_view>

#include "connect/problem.h"

namespace renown::connect::atproto_pds {

struct Place {
  std::int64_t since = 0;      ///< when the last whole reading began, unix seconds; 0: there was none
  std::int64_t began = 0;      ///< when this reading began; 0: it has not begun
  bool partly = false;         ///< something was skipped in it, so that it will not count as whole
  std::string repos = {};      ///< the server's cursor to the page of repositories that is being read
  std::string did = {};        ///< the repository of that page that is being read; empty: its first
  std::size_t collection = 0;  ///< the collection of it that is being read
  std::string page = {};       ///< the server's cursor to the page of that collection
};

/// A JSON object.
std::string write_place(const Place& place);

/// Empty: nothing was read yet. errors  malformed
std::expected<Place, Problem> read_place(std::string_view cursor);

}  // namespace renown::connect::atproto_pds
