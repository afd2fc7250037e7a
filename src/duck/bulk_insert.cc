#include "duck/bulk_insert.h"

#include <algorithm>
#include <atomic>
#include <utility>

#include <duckdb.h>
#include <fmt/format.h>

#include "duck/types.h"

// The rows reach DuckDB through a table function that several threads call, each with a piece of the rows of its own.
namespace renown::duck {
namespace {

constexpr std::size_t kPieceRows = 122'880;  ///< DuckDB's row group: a thread packs and writes a whole one by itself

/// Names of table functions are the database's: each gets another one.
std::string next_name() {
  static std::atomic<std::uint64_t> next = 0;
  return fmt::format("rows_in_memory_{}", next++);
}

/// The rows that one thread has taken and not yet handed over.
struct Piece {
  std::size_t begin = 0;
  std::size_t end = 0;
};

}  // namespace

struct BulkInsert::Feed {
  std::string name;
  std::vector<ColumnSpec> columns;
  std::size_t count = 0;
  const FillRow* fill = nullptr;
  std::atomic<std::size_t> next = 0;

  static void bind(duckdb_bind_info info) {
    const auto* feed = static_cast<const Feed*>(duckdb_bind_get_extra_info(info));
    for (const ColumnSpec& column : feed->columns) {
      duckdb_logical_type type = duckdb_create_logical_type(to_duckdb(column.type));
      duckdb_bind_add_result_column(info, column.name.c_str(), type);
      duckdb_destroy_logical_type(&type);
    }
    duckdb_bind_set_cardinality(info, feed->count, true);
  }

  static void init(duckdb_init_info info) {
    const auto* feed = static_cast<const Feed*>(duckdb_init_get_extra_info(info));
    duckdb_init_set_max_threads(info, std::max<idx_t>(1, (feed->count + kPieceRows - 1) / kPieceRows));
  }

  static void init_thread(duckdb_init_info info) {
    duckdb_init_set_init_data(info, new Piece, [](void* piece) { delete static_cast<Piece*>(piece); });
  }

  static void next_chunk(duckdb_function_info info, duckdb_data_chunk output) {
    auto* feed = static_cast<Feed*>(duckdb_function_get_extra_info(info));
    auto* piece = static_cast<Piece*>(duckdb_function_get_local_init_data(info));
    if (piece->begin == piece->end) {
      piece->begin = std::min(feed->count, feed->next.fetch_add(kPieceRows));
      piece->end = std::min(feed->count, piece->begin + kPieceRows);
    }
    RowBuffer rows(output);
    for (; piece->begin < piece->end && !rows.full(); ++piece->begin) (*feed->fill)(piece->begin, rows);
    if (const auto good = rows.problem(); !good) {
      duckdb_function_set_error(info, good.error().message.c_str());
      return;
    }
    rows.chunk();  // tells DuckDB how many rows there are
  }
};

BulkInsert::BulkInsert(Connection& connection, std::unique_ptr<Feed> feed)
    : connection_(&connection), feed_(std::move(feed)) {}
BulkInsert::BulkInsert(BulkInsert&&) noexcept = default;
BulkInsert& BulkInsert::operator=(BulkInsert&&) noexcept = default;
BulkInsert::~BulkInsert() = default;

Result<BulkInsert> BulkInsert::prepare(Connection& connection, std::vector<ColumnSpec> columns) {
  auto feed = std::make_unique<Feed>();
  feed->name = next_name();
  feed->columns = std::move(columns);
  duckdb_table_function function = duckdb_create_table_function();
  duckdb_table_function_set_name(function, feed->name.c_str());
  duckdb_table_function_set_extra_info(function, feed.get(), nullptr);
  duckdb_table_function_set_bind(function, Feed::bind);
  duckdb_table_function_set_init(function, Feed::init);
  duckdb_table_function_set_local_init(function, Feed::init_thread);
  duckdb_table_function_set_function(function, Feed::next_chunk);
  const duckdb_state state = duckdb_register_table_function(connection.handle(), function);
  duckdb_destroy_table_function(&function);
  if (state != DuckDBSuccess) return Error{ErrorCode::internal, "DuckDB does not take rows from memory"};
  return BulkInsert(connection, std::move(feed));
}

Result<std::uint64_t> BulkInsert::run(const std::string& table, std::size_t count, const FillRow& fill) {
  feed_->count = count;
  feed_->fill = &fill;
  feed_->next = 0;
  // Where DuckDB must keep the order of rows, it takes those of such a function by one thread.
  auto set = connection_->execute("SET preserve_insertion_order = false");
  if (!set) return set;
  auto inserted = connection_->execute(fmt::format("INSERT INTO {} SELECT * FROM {}()", table, feed_->name));
  if (auto reset = connection_->execute("SET preserve_insertion_order = true"); inserted && !reset) return reset;
  return inserted;
}

}  // namespace renown::duck
