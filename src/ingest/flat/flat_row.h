/// The columns of the flat log and the rules for one row, the same in CSV, NDJSON and Parquet
/// (docs/formats/flat-log.md).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "renown/interaction.h"
#include "renown/result.h"

namespace renown::ingest::flat {

/// The needed columns come first.
enum class Column : std::uint8_t { time, network, kind, actor, target, post, id, tags };

inline constexpr std::array<std::string_view, 8> kColumnNames = {"time",   "network", "kind", "actor",
                                                                 "target", "post",    "id",   "tags"};
inline constexpr std::size_t kColumns = kColumnNames.size();
inline constexpr std::size_t kNeededColumns = 5;

constexpr std::string_view column_name(Column column) {
  return kColumnNames[static_cast<std::size_t>(column)];
}

/// The column of exactly that name, or nothing.
constexpr std::optional<Column> parse_column(std::string_view name) {
  for (std::size_t i = 0; i < kColumns; ++i) {
    if (kColumnNames[i] == name) return static_cast<Column>(i);
  }
  return std::nullopt;
}

/// The texts of one row as they stand in the log; "" for what is not there.
class FlatRow {
 public:
  std::string_view& operator[](Column column) { return texts_[static_cast<std::size_t>(column)]; }
  std::string_view operator[](Column column) const { return texts_[static_cast<std::size_t>(column)]; }

 private:
  std::array<std::string_view, kColumns> texts_;
};

inline constexpr std::size_t kMaxNetworkBytes = 64;
inline constexpr std::size_t kMaxAccountBytes = 1024;
inline constexpr std::size_t kMaxPostBytes = 4096;  ///< also of an id
inline constexpr std::size_t kMaxTagsBytes = 4096;  ///< all tags of a row together

/// Of a text in that column.
constexpr std::size_t max_bytes(Column column) {
  switch (column) {
    case Column::network:
      return kMaxNetworkBytes;
    case Column::actor:
    case Column::target:
      return kMaxAccountBytes;
    case Column::tags:
      return kMaxTagsBytes;
    default:
      return kMaxPostBytes;
  }
}

/// The row as an interaction, its texts byte for byte: nothing is trimmed, folded or normalised, so that two accounts
/// whose names only look alike stay two. The target of a `post` is left away.
///
/// returns  views into the row's texts
/// errors   bad_input, one clause naming the column: "actor is empty", "kind 'lik' is unknown: ..."
Result<Interaction> read_row(const FlatRow& row);

/// As above, where the time is a number of unix seconds already.
Result<Interaction> read_row(std::int64_t time, const FlatRow& row);

/// One sentence for a log without a needed column, e.g. "x.csv has no column 'kind': it has 'time' and 'type'".
Error missing_column(std::string_view log, Column missing, const std::vector<std::string>& seen);

/// One notice about columns that are ignored, e.g. "x.csv: column 'likes' is ignored".
std::string ignored_columns(std::string_view log, const std::vector<std::string>& names);

}  // namespace renown::ingest::flat
