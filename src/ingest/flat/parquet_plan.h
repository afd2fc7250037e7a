/// ParquetPlan: which query reads a Parquet file as a flat log, whatever types its columns have.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "renown/result.h"

#include "ingest/flat/flat_row.h"

namespace renown::ingest::flat {

/// How the time column comes out of the query.
enum class TimeForm { seconds, microseconds, text };

/// A column of a file, by its name there.
struct ParquetColumn {
  std::string name;
  std::string type;  ///< as DuckDB names it
};

/// The query for one file, and where its columns are.
struct ParquetPlan {
  std::string sql;
  TimeForm time = TimeForm::text;
  std::array<std::optional<std::size_t>, kColumns> position;  ///< in the result, by Column
  std::vector<std::string> ignored;                           ///< columns that are no part of a flat log
};

/// errors  bad_input, where a needed column is missing
Result<ParquetPlan> plan_parquet(const std::string& path, const std::vector<ParquetColumn>& columns);

/// The file as a table of SQL. Pattern characters of its name stand for themselves.
std::string parquet_table(const std::string& path);

}  // namespace renown::ingest::flat
