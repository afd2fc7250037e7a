#include "ingest/flat/parquet_plan.h"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "duck/sql.h"

namespace renown::ingest::flat {
namespace {

/// Pattern characters of a file's name stand for themselves.
std::string without_patterns(std::string_view path) {
  std::string result;
  for (const char c : path) {
    if (c == '*' || c == '?' || c == '[') {
      result += fmt::format("[{}]", c);
    } else {
      result += c;
    }
  }
  return result;
}

TimeForm time_form(std::string_view type) {
  constexpr std::array kIntegers = {"BIGINT", "INTEGER", "SMALLINT", "TINYINT", "UINTEGER", "USMALLINT", "UTINYINT"};
  if (std::find(kIntegers.begin(), kIntegers.end(), type) != kIntegers.end()) return TimeForm::seconds;
  if (type.starts_with("TIMESTAMP") || type == "DATE") return TimeForm::microseconds;
  return TimeForm::text;
}

std::string time_expression(TimeForm form, const std::string& name, std::string_view type) {
  switch (form) {
    case TimeForm::seconds:
      return fmt::format("CAST({} AS BIGINT)", name);
    case TimeForm::microseconds:
      if (type == "DATE") return fmt::format("CASE WHEN isfinite({0}) THEN epoch_us(CAST({0} AS TIMESTAMP)) END", name);
      return fmt::format("CASE WHEN isfinite({0}) THEN epoch_us({0}) END", name);
    case TimeForm::text:
      break;
  }
  return fmt::format("CAST({} AS VARCHAR)", name);
}

std::string text_expression(Column column, const std::string& name, std::string_view type) {
  if (column == Column::tags && type.ends_with("[]")) return fmt::format("array_to_string({}, ' ')", name);
  return fmt::format("CAST({} AS VARCHAR)", name);
}

}  // namespace

/// Old writers do not say that their bytes are text.
std::string parquet_table(const std::string& path) {
  return fmt::format("read_parquet({}, binary_as_string = true, hive_partitioning = false, union_by_name = false)",
                     duck::text_literal(without_patterns(path)));
}

Result<ParquetPlan> plan_parquet(const std::string& path, const std::vector<ParquetColumn>& columns) {
  ParquetPlan plan;
  std::vector<std::string> expressions, names;
  for (const auto& [name, type] : columns) {
    names.push_back(name);
    const auto column = parse_column(name);
    if (!column) {
      plan.ignored.push_back(name);
      continue;
    }
    const std::string quoted = duck::name_literal(name);
    plan.position[static_cast<std::size_t>(*column)] = expressions.size();
    if (*column == Column::time) {
      plan.time = time_form(type);
      expressions.push_back(time_expression(plan.time, quoted, type));
    } else {
      expressions.push_back(text_expression(*column, quoted, type));
    }
  }
  for (std::size_t i = 0; i < kNeededColumns; ++i) {
    if (!plan.position[i]) return missing_column(path, static_cast<Column>(i), names);
  }
  plan.sql = fmt::format("SELECT {} FROM {}", fmt::join(expressions, ", "), parquet_table(path));
  return plan;
}

}  // namespace renown::ingest::flat
