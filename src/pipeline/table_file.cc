#include "pipeline/table_file.h"

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <map>
#include <mutex>
#include <optional>
#include <type_traits>
#include <utility>

#include <fmt/compile.h>
#include <fmt/format.h>

#include "base/parallel.h"
#include "duck/parquet_writer.h"
#include "io/csv.h"
#include "io/file_writer.h"
#include "io/json_escape.h"
#include "io/plain_text.h"

namespace renown::pipeline {
namespace {

constexpr std::uint64_t kRowsAPiece = 1024;  ///< made into text at a time by a thread
constexpr std::size_t kMostWaiting = 16;     ///< pieces that may wait to be written before their makers do too

template <class Value>
constexpr bool kIsText = std::is_convertible_v<const Value&, std::string_view>;

bool ends_in(std::string_view path, std::string_view ending) {
  return path.ends_with(ending);
}

/// The shortest text that reads back as the same number; far quicker than into the string itself, byte by byte.
template <class Number>
void append_number(std::string& out, Number value) {
  char text[32];  // no double and no count takes more than 24
  const char* const end = fmt::format_to(text, FMT_COMPILE("{}"), value);
  out.append(text, static_cast<std::size_t>(end - text));
}

void append_csv_cell(std::string& out, const Cell& cell) {
  std::visit(
      [&out](const auto& value) {
        using Value = std::decay_t<decltype(value)>;
        if constexpr (kIsText<Value>) {
          io::is_plain(value) ? out += value : out += io::csv_field(value);
        } else if constexpr (!std::is_same_v<Value, std::monostate>) {
          append_number(out, value);
        }
      },
      cell);
}

void append_json_cell(std::string& out, const Cell& cell) {
  std::visit(
      [&out](const auto& value) {
        using Value = std::decay_t<decltype(value)>;
        if constexpr (std::is_same_v<Value, std::monostate>) {
          out += "null";
        } else if constexpr (kIsText<Value>) {
          io::append_json_string(out, value);
        } else {
          append_number(out, value);
        }
      },
      cell);
}

Error cancelled() {
  return {ErrorCode::cancelled, "stopped; nothing was written"};
}

/// Writes pieces of text in their order, whatever the order in which threads bring them: whoever finds the file free
/// writes all that can be written, the others go on making text.
class OrderedPieces {
 public:
  explicit OrderedPieces(io::FileWriter& file) : file_(file) {}

  void put(std::size_t piece, std::string text) {
    bool many = false;
    {
      const std::lock_guard guard(lock_);
      waiting_.emplace(piece, std::move(text));
      many = waiting_.size() > kMostWaiting;
    }
    std::unique_lock writing(file_lock_, std::defer_lock);
    if (many) {
      writing.lock();
    } else if (!writing.try_lock()) {
      return;
    }
    write_waiting();
  }

  /// To be called when all pieces are there. errors  io
  Result<void> finish() {
    write_waiting();
    return written_;
  }

 private:
  /// Only by whoever holds the file.
  void write_waiting() {
    for (std::optional<std::string> text = next(); text; text = next()) {
      if (written_) written_ = file_.write(*text);
    }
  }

  std::optional<std::string> next() {
    const std::lock_guard guard(lock_);
    const auto first = waiting_.find(next_);
    if (first == waiting_.end()) return std::nullopt;
    ++next_;
    return std::move(waiting_.extract(first).mapped());
  }

  std::mutex file_lock_;
  io::FileWriter& file_;
  Result<void> written_;

  std::mutex lock_;  ///< of what follows
  std::map<std::size_t, std::string> waiting_;
  std::size_t next_ = 0;
};

/// Finished, not committed: `begin`, each row through `append_row(text, row, cells)`, and `end`.
template <class AppendRow>
Result<io::FileWriter> write_text(const std::string& path, const Table& table, std::string_view begin,
                                  std::string_view end, std::size_t threads, Progress& progress,
                                  const AppendRow& append_row) {
  auto file = io::FileWriter::create(path);
  if (!file) return file.error();
  if (auto written = file->write(begin); !written) return written.error();
  const std::uint64_t piece_count = (table.rows + kRowsAPiece - 1) / kRowsAPiece;
  OrderedPieces pieces(*file);
  const bool whole = base::parallel_workers(
      piece_count, threads,
      [&] {
        return [&, cells = std::vector<Cell>(table.columns.size()), size = std::size_t{0}](std::size_t piece) mutable {
          std::string text;
          text.reserve(size + size / 8);  // rows before say how long they get
          const std::uint64_t last = std::min(table.rows, (piece + 1) * kRowsAPiece);
          for (std::uint64_t row = piece * kRowsAPiece; row < last; ++row) {
            table.fill(row, cells);
            append_row(text, row, cells);
          }
          size = text.size();
          pieces.put(piece, std::move(text));
        };
      },
      [&](std::size_t done) {
        progress.update("writing " + path, std::min<std::uint64_t>(table.rows, done * kRowsAPiece), table.rows, "rows");
        return !progress.cancelled();
      });
  if (auto written = pieces.finish(); !written) return written.error();
  if (!whole) return cancelled();
  if (auto written = file->write(end); !written) return written.error();
  if (auto finished = file->finish(); !finished) return finished.error();
  return file;
}

Result<io::FileWriter> write_csv(const std::string& path, const Table& table, std::size_t threads, Progress& progress) {
  std::string header;
  for (const TableColumn& column : table.columns) {
    if (!header.empty()) header += ',';
    header += column.name;
  }
  header += '\n';
  return write_text(path, table, header, "", threads, progress,
                    [](std::string& text, std::uint64_t, const std::vector<Cell>& cells) {
                      for (std::size_t i = 0; i < cells.size(); ++i) {
                        if (i > 0) text += ',';
                        append_csv_cell(text, cells[i]);
                      }
                      text += '\n';
                    });
}

Result<io::FileWriter> write_json(const std::string& path, const Table& table, std::size_t threads,
                                  Progress& progress) {
  return write_text(path, table, "[", "\n]\n", threads, progress,
                    [&table](std::string& text, std::uint64_t row, const std::vector<Cell>& cells) {
                      text += row == 0 ? "\n" : ",\n";
                      append_json_row(text, table, cells);
                    });
}

duck::Type parquet_type(ColumnType type) {
  switch (type) {
    case ColumnType::text:
      return duck::Type::text;
    case ColumnType::number:
      return duck::Type::float64;
    case ColumnType::count:
      return duck::Type::int64;
    case ColumnType::boolean:
      return duck::Type::boolean;
  }
  return duck::Type::other;
}

void set_parquet_cell(duck::RowBuffer& rows, std::size_t column, const Cell& cell) {
  std::visit(
      [&](const auto& value) {
        using Value = std::decay_t<decltype(value)>;
        if constexpr (std::is_same_v<Value, std::monostate>) rows.set_null(column);
        if constexpr (kIsText<Value>) rows.set_text(column, value);
        if constexpr (std::is_same_v<Value, double>) rows.set_float64(column, value);
        if constexpr (std::is_same_v<Value, std::uint64_t>) rows.set_int64(column, static_cast<std::int64_t>(value));
        if constexpr (std::is_same_v<Value, bool>) rows.set_boolean(column, value);
      },
      cell);
}

/// DuckDB names the file it was given; the user knows it by another name.
Error parquet_error(const Error& error, const std::string& path) {
  if (error.code != ErrorCode::io) return error;
  const bool full = error.message.find("No space left") != std::string::npos;
  return {error.code, fmt::format("{} cannot be written: {}; a file already there is as it was", path,
                                  full ? "the disk is full" : error.message)};
}

Result<io::FileWriter> write_parquet(const std::string& path, const Table& table, Progress& progress) {
  auto file = io::FileWriter::create(path);
  if (!file) return file.error();
  // Where a file is there already, DuckDB writes a second one beside it, which nobody would remove after Ctrl-C.
  const std::string& temporary = file->temporary_path();
  std::error_code ignored;
  const auto permissions = std::filesystem::status(temporary, ignored).permissions();
  const bool is_file = std::filesystem::is_regular_file(temporary, ignored);
  if (is_file) std::filesystem::remove(temporary, ignored);
  std::vector<duck::ColumnSpec> columns;
  for (const TableColumn& column : table.columns)
    columns.push_back({std::string(column.name), parquet_type(column.type)});

  std::uint64_t row = 0;
  std::vector<Cell> cells(table.columns.size());
  const auto written = duck::write_parquet(
      columns,
      [&](duck::RowBuffer& rows) -> Result<bool> {
        if (progress.cancelled()) return cancelled();
        progress.update("writing " + path, row, table.rows, "rows");
        while (row < table.rows && !rows.full()) {
          table.fill(row++, cells);
          rows.add_row();
          for (std::size_t i = 0; i < cells.size(); ++i) set_parquet_cell(rows, i, cells[i]);
        }
        return row < table.rows;
      },
      temporary);
  if (!written) return parquet_error(written.error(), path);
  if (is_file) std::filesystem::permissions(temporary, permissions, ignored);
  if (auto finished = file->finish(); !finished) return finished.error();
  return file;
}

}  // namespace

Result<void> check_table_path(const std::string& path) {
  if (!ends_in(path, ".csv") && !ends_in(path, ".json") && !ends_in(path, ".parquet")) {
    return Error{ErrorCode::usage,
                 fmt::format("'{}' must end in .csv, .json or .parquet, which says the format", path)};
  }
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored))
    return Error{ErrorCode::io, fmt::format("{} cannot be written: it is a folder", path)};
  const std::filesystem::path folder = std::filesystem::path(path).parent_path();
  if (!folder.empty() && !std::filesystem::is_directory(folder, ignored))
    return Error{ErrorCode::io, fmt::format("{} cannot be written: there is no folder {}", path, folder.string())};
  return {};
}

Result<io::FileWriter> write_table(const std::string& path, const Table& table, std::size_t threads,
                                   Progress& progress) {
  if (auto known = check_table_path(path); !known) return known.error();
  if (ends_in(path, ".csv")) return write_csv(path, table, threads, progress);
  if (ends_in(path, ".json")) return write_json(path, table, threads, progress);
  return write_parquet(path, table, progress);
}

void append_json_row(std::string& out, const Table& table, const std::vector<Cell>& cells) {
  out += '{';
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (i > 0) out += ',';
    fmt::format_to(std::back_inserter(out), "\"{}\":", table.columns[i].name);
    append_json_cell(out, cells[i]);
  }
  out += '}';
}

}  // namespace renown::pipeline
