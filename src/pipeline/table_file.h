/// Tables as files: CSV, JSON or Parquet by the name's ending, written whole or not at all.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "renown/result.h"

#include "io/file_writer.h"
#include "pipeline/progress.h"

namespace renown::pipeline {

enum class ColumnType { text, number, count, boolean };

struct TableColumn {
  std::string_view name;
  ColumnType type = ColumnType::text;
};

/// Empty, text (of the table's maker, or of its own), number, count or boolean, as the column's type says; an empty
/// cell is possible in every column.
using Cell = std::variant<std::monostate, std::string_view, std::string, double, std::uint64_t, bool>;

/// Fills one cell for each column of row `row`. Called by several threads at once, each with cells of its own.
using FillRow = std::function<void(std::uint64_t row, std::vector<Cell>& cells)>;

struct Table {
  std::vector<TableColumn> columns;
  std::uint64_t rows = 0;
  FillRow fill;
};

/// What can be said before the work begins: that a path ends in .csv, .json or .parquet and its folder is there.
///
/// errors  usage, naming the endings that work; io
Result<void> check_table_path(const std::string& path);

/// Writes a table beside `path`, whole; commit() of the result puts it in place, so that several files can appear
/// together. Numbers are written so that they read back as the same double. JSON is an array of objects in which empty
/// cells are null. Not committed, nothing is left and an older file stays as it was.
///
/// threads  that make text of the rows; the file is the same for any number
/// errors   usage (ending), io (disk full, permissions), cancelled
Result<io::FileWriter> write_table(const std::string& path, const Table& table, std::size_t threads,
                                   Progress& progress);

/// One row as a JSON object, for output on the command line.
void append_json_row(std::string& out, const Table& table, const std::vector<Cell>& cells);

}  // namespace renown::pipeline
