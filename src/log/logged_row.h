/// A row of the table `interactions` as an interaction. For this folder's sources only.
#pragma once

#include <cstddef>

#include "renown/interaction.h"

#include "duck/query_result.h"

namespace renown::log {

/// Row `row` of the current chunk of a query for kColumns, in their order; its texts live as long as the chunk.
inline Interaction logged_row(const duck::QueryResult& rows, std::size_t row) {
  const auto text = [&](std::size_t column) { return rows.column(column).text(row); };
  return {.time = rows.column(0).int64(row),
          .kind = static_cast<Kind>(rows.column(2).uint8(row)),
          .network = text(1),
          .actor = text(3),
          .target = text(4),
          .post = text(5),
          .id = text(6),
          .tags = text(7)};
}

}  // namespace renown::log
