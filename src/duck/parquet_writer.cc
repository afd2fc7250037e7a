#include "duck/parquet_writer.h"

#include <optional>
#include <utility>

#include <duckdb.h>
#include <fmt/format.h>

#include "duck/connection.h"
#include "duck/database.h"
#include "duck/sql.h"
#include "duck/types.h"

// The rows reach DuckDB through a table function: DuckDB asks for a chunk at a time and writes row groups as they fill.
namespace renown::duck {
namespace {

constexpr const char* kFunction = "caller_rows";

struct Feed {
  const std::vector<ColumnSpec>& columns;
  const RowSource& source;
  bool ended = false;
  std::uint64_t rows = 0;
  std::optional<Error> error = {};  // the source's own, more telling than what DuckDB makes of it
};

void bind(duckdb_bind_info info) {
  const auto* feed = static_cast<const Feed*>(duckdb_bind_get_extra_info(info));
  for (const ColumnSpec& column : feed->columns) {
    duckdb_logical_type type = duckdb_create_logical_type(to_duckdb(column.type));
    duckdb_bind_add_result_column(info, column.name.c_str(), type);
    duckdb_destroy_logical_type(&type);
  }
}

// One reader: the source is a stream.
void init(duckdb_init_info info) {
  duckdb_init_set_max_threads(info, 1);
}

Result<void> fill(Feed& feed, RowBuffer& rows) {
  // Every chunk but the last is full, however few rows the source adds at a time: row groups are cut by chunks.
  while (!feed.ended && !rows.full()) {
    auto more = feed.source(rows);
    if (!more) return more.error();
    feed.ended = !*more;
  }
  return rows.problem();
}

void next_chunk(duckdb_function_info info, duckdb_data_chunk output) {
  auto* feed = static_cast<Feed*>(duckdb_function_get_extra_info(info));
  RowBuffer rows(output);
  auto filled = fill(*feed, rows);
  if (!filled) {
    feed->error = filled.error();
    duckdb_function_set_error(info, filled.error().message.c_str());
    return;
  }
  feed->rows += rows.size();
  rows.chunk();  // tells DuckDB how many rows there are
}

Result<void> register_feed(const Connection& connection, Feed& feed) {
  duckdb_table_function function = duckdb_create_table_function();
  duckdb_table_function_set_name(function, kFunction);
  duckdb_table_function_set_extra_info(function, &feed, nullptr);
  duckdb_table_function_set_bind(function, bind);
  duckdb_table_function_set_init(function, init);
  duckdb_table_function_set_function(function, next_chunk);
  const duckdb_state state = duckdb_register_table_function(connection.handle(), function);
  duckdb_destroy_table_function(&function);
  if (state == DuckDBSuccess) return {};
  return Error{ErrorCode::internal, "DuckDB does not take rows for a Parquet file"};
}

}  // namespace

Result<std::uint64_t> write_parquet(const std::vector<ColumnSpec>& columns, const RowSource& source,
                                    const std::string& path) {
  // One thread: row groups then fall the same way every time, and `source` is called by this thread only.
  auto database = Database::in_memory({.external_access = true, .threads = 1});
  if (!database) return database.error();
  auto connection = Connection::open(*database);
  if (!connection) return connection.error();
  Feed feed{columns, source};
  auto registered = register_feed(*connection, feed);
  if (!registered) return registered.error();
  // Into the file itself: it is a temporary one already, whose size the caller may watch.
  auto copied = connection->execute(
      fmt::format("COPY (FROM {}()) TO {} ({}, USE_TMP_FILE false)", kFunction, text_literal(path), kParquetForm));
  if (feed.error) return *std::move(feed.error);
  if (!copied) return Error{copied.error().code, fmt::format("{} cannot be written: {}", path, copied.error().message)};
  return feed.rows;
}

}  // namespace renown::duck
