#include "ingest/flat/parquet_reader.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <sys/stat.h>

#include "base/time.h"
#include "base/utf8.h"
#include "duck/connection.h"
#include "duck/database.h"
#include "duck/query_result.h"
#include "ingest/flat/flat_row.h"
#include "ingest/flat/parquet_plan.h"
#include "ingest/flat/quick_row.h"
#include "ingest/flat/record_keeper.h"
#include "io/byte_source.h"

namespace renown::ingest::flat {
namespace {

constexpr std::string_view kMagic = "PAR1";
constexpr std::uint64_t kMemoryBytes = std::uint64_t{1} << 30;  ///< DuckDB holds one row group, rarely a tenth of it
constexpr std::int64_t kMicroseconds = 1'000'000;
constexpr QuickKinds kQuickKinds;

/// As InteractionBlock::texts() has them.
constexpr std::array kTextColumns = {Column::network, Column::actor, Column::target,
                                     Column::post,    Column::id,    Column::tags};

/// DuckDB's reason, after what it means for the file. It does not always say of what kind an error is, and there is
/// only one thing it is asked to do here.
Error damaged(const std::string& path, const Error& reason) {
  if (reason.code == ErrorCode::io || reason.code == ErrorCode::cancelled) {
    return {reason.code, fmt::format("{} cannot be read on: {}", path, reason.message)};
  }
  return bad_input(fmt::format("{} is a damaged Parquet file, or cut off: {}", path, reason.message));
}

Result<std::vector<ParquetColumn>> describe(duck::Connection& connection, const std::string& path) {
  auto rows =
      connection.query("SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM " + parquet_table(path) + ")");
  if (!rows) return damaged(path, rows.error());
  std::vector<ParquetColumn> columns;
  for (;;) {
    auto more = rows->next();
    if (!more) return damaged(path, more.error());
    if (!*more) return columns;
    for (std::size_t i = 0; i < rows->size(); ++i) {
      columns.push_back({std::string(rows->column(0).text(i)), std::string(rows->column(1).text(i))});
    }
  }
}

std::int64_t floor_seconds(std::int64_t microseconds) {
  const std::int64_t seconds = microseconds / kMicroseconds;
  return microseconds % kMicroseconds < 0 ? seconds - 1 : seconds;
}

class ParquetLogReader final : public model::InteractionReader {
 public:
  ParquetLogReader(std::string path, std::uint64_t file_bytes, duck::Database database, duck::Connection connection,
                   duck::QueryResult rows, ParquetPlan plan, model::ReadOptions options)
      : keeper_(std::move(path), "a flat Parquet log", options),
        file_bytes_(file_bytes),
        database_(std::move(database)),
        connection_(std::move(connection)),
        rows_(std::move(rows)),
        plan_(std::move(plan)) {
    if (!plan_.ignored.empty()) keeper_.notice(ignored_columns(keeper_.log(), plan_.ignored));
  }

  Result<bool> read(model::InteractionBlock& block) override {
    while (!block.full()) {
      if (next_row_ == rows_.size()) {
        auto more = next_chunk();
        if (!more) return more.error();
        if (!*more) return false;
        continue;
      }
      const std::size_t count = std::min(rows_.size() - next_row_, model::InteractionBlock::kRows - block.size());
      if (take_quickly(next_row_, count, block)) {
        keeper_.good(count);
        next_row_ += count;
      } else if (auto taken = take_one_by_one(next_row_ + count, block); !taken) {
        return taken.error();
      }
    }
    return true;
  }

  const model::ReadReport& report() const override { return keeper_.report(); }

  /// DuckDB does not say how far it is: all of it once the rows have ended.
  std::uint64_t bytes_read() const override { return ended_ ? file_bytes_ : 0; }

 private:
  Result<bool> next_chunk() {
    if (ended_) return false;
    next_row_ = 0;
    auto more = rows_.next();
    if (!more) return damaged(keeper_.log(), more.error());
    if (*more) return true;
    ended_ = true;
    if (auto finished = keeper_.finish(); !finished) return finished.error();
    return false;
  }

  /// Rows that are all good and of plain letters, as most are, column by column; takes nothing if one is not. Whatever
  /// it takes, take_one_by_one() takes with the same result.
  bool take_quickly(std::size_t begin, std::size_t count, model::InteractionBlock& block) {
    const std::size_t before = block.size();
    const std::size_t end = begin + count;
    const model::InteractionBlock::Columns to = block.columns();
    bool good = take_times(begin, end, to.times) && take_kinds(begin, end, to.kinds);
    for (std::size_t i = 0; good && i < to.texts.size(); ++i)
      good = take_texts(kTextColumns[i], begin, end, *to.texts[i]);
    if (good && has_targets(block, before) && is_plain(block, before)) return true;
    block.truncate(before);
    return false;
  }

  bool take_times(std::size_t begin, std::size_t end, std::vector<std::int64_t>& times) {
    const duck::Column& column = rows_.column(*plan_.position[0]);
    bool good = true;
    for (std::size_t row = begin; row < end; ++row) {
      const std::int64_t time = plan_.time == TimeForm::text ? quick_time_.read(column.text(row)) : time_of(row);
      good &= !column.is_null(row) && time >= 0 && time <= base::kMaxTime;
      times.push_back(time);
    }
    return good;
  }

  bool take_kinds(std::size_t begin, std::size_t end, std::vector<Kind>& kinds) {
    const duck::Column& column = rows_.column(*plan_.position[static_cast<std::size_t>(Column::kind)]);
    bool good = true;
    for (std::size_t row = begin; row < end; ++row) {
      const int kind = kQuickKinds.find(column.text(row));
      good &= kind >= 0;
      kinds.push_back(static_cast<Kind>(kind));
    }
    return good;
  }

  bool take_texts(Column name, std::size_t begin, std::size_t end, model::TextColumn& texts) {
    const std::optional<std::size_t> position = plan_.position[static_cast<std::size_t>(name)];
    if (!position) {
      for (std::size_t row = begin; row < end; ++row) texts.push({});
      return true;
    }
    const duck::Column& column = rows_.column(*position);
    const bool may_be_empty = name != Column::network && name != Column::actor;
    bool good = true;
    for (std::size_t row = begin; row < end; ++row) {
      const std::string_view text = column.text(row);
      good &= text.size() <= max_bytes(name) && (may_be_empty || !text.empty());
      texts.push(text);
    }
    return good;
  }

  /// Whether each row that needs a target has one, and no other.
  static bool has_targets(const model::InteractionBlock& block, std::size_t begin) {
    bool good = true;
    for (std::size_t row = begin; row < block.size(); ++row) {
      const Kind kind = block.kinds()[row];
      const bool is_empty = block.targets()[row].empty();
      good &= kind == Kind::post ? is_empty : !is_empty || (kind == Kind::undo && !block.ids()[row].empty());
    }
    return good;
  }

  /// Whether no text of these rows holds a NUL or anything but ASCII.
  static bool is_plain(const model::InteractionBlock& block, std::size_t begin) {
    return std::ranges::all_of(block.texts(), [&](const model::TextColumn* column) {
      const std::string_view added = column->bytes_from(begin);
      return added.find('\0') == std::string_view::npos && base::is_ascii(added);
    });
  }

  Result<void> take_one_by_one(std::size_t end, model::InteractionBlock& block) {
    while (next_row_ < end && !block.full()) {
      if (auto taken = take_row(next_row_++, block); !taken) return taken;
    }
    return {};
  }

  Result<void> take_row(std::size_t row, model::InteractionBlock& block) {
    auto act = read_texts(row, texts_of(row));
    if (!act) {
      const std::uint64_t number = keeper_.report().records + 1;
      return keeper_.bad(fmt::format("{} row {}", keeper_.log(), number), act.error().message);
    }
    block.push(*act);
    keeper_.good();
    return {};
  }

  FlatRow texts_of(std::size_t row) const {
    FlatRow texts;
    for (std::size_t i = 0; i < kColumns; ++i) {
      const bool is_text = i > 0 || plan_.time == TimeForm::text;
      if (plan_.position[i] && is_text) texts[static_cast<Column>(i)] = rows_.column(*plan_.position[i]).text(row);
    }
    return texts;
  }

  Result<Interaction> read_texts(std::size_t row, const FlatRow& texts) const {
    if (plan_.time == TimeForm::text) return read_row(texts);
    if (rows_.column(*plan_.position[0]).is_null(row)) return bad_input("time is empty");
    return read_row(time_of(row), texts);
  }

  /// Of a row whose time is a number.
  std::int64_t time_of(std::size_t row) const {
    const std::int64_t value = rows_.column(*plan_.position[0]).int64(row);
    return plan_.time == TimeForm::seconds ? value : floor_seconds(value);
  }

  RecordKeeper keeper_;
  std::uint64_t file_bytes_;
  duck::Database database_;  // before what uses it: members go in reverse order
  duck::Connection connection_;
  duck::QueryResult rows_;
  ParquetPlan plan_;
  QuickTime quick_time_;
  std::size_t next_row_ = 0;
  bool ended_ = false;
};

/// DuckDB reads from the end and at any place, so that it needs a file, and one that is not packed.
Result<std::uint64_t> check_is_plain_file(const std::string& path) {
  if (path == "-") {
    return bad_input("standard input cannot be read as Parquet, which is not read from front to back: name the file");
  }
  struct stat status{};
  if (::stat(path.c_str(), &status) == 0 && !S_ISREG(status.st_mode)) {
    return bad_input(fmt::format("{} cannot be read as Parquet: it is no plain file", path));
  }
  auto opened = io::open_bytes(path);  // its sentences are better than DuckDB's
  if (!opened) return opened.error();
  auto head = io::read_head(**opened, kMagic.size());
  if (!head) return head.error();
  if (!looks_like_parquet(*head)) return bad_input(fmt::format("{} is not a Parquet file", path));
  if ((*opened)->bytes_read() != kMagic.size()) {
    return bad_input(fmt::format("{} is packed: unpack it first, Parquet has its own compression", path));
  }
  return static_cast<std::uint64_t>(status.st_size);
}

}  // namespace

Result<std::unique_ptr<model::InteractionReader>> open_parquet(std::string path, model::ReadOptions options) {
  const auto file_bytes = check_is_plain_file(path);
  if (!file_bytes) return file_bytes.error();
  duck::DatabaseOptions settings;
  settings.external_access = true;
  settings.threads = 1;  // rows in the order of the file, and no more than one row group in memory
  settings.memory_limit_bytes = kMemoryBytes;
  auto database = duck::Database::in_memory(settings);
  if (!database) return database.error();
  auto connection = duck::Connection::open(*database);
  if (!connection) return connection.error();
  auto columns = describe(*connection, path);
  if (!columns) return columns.error();
  auto plan = plan_parquet(path, *columns);
  if (!plan) return plan.error();
  auto rows = connection->query(plan->sql);
  if (!rows) return damaged(path, rows.error());
  return std::unique_ptr<model::InteractionReader>(
      std::make_unique<ParquetLogReader>(std::move(path), *file_bytes, std::move(*database), std::move(*connection),
                                         std::move(*rows), std::move(*plan), options));
}

bool parquet_may_hold_undos(const std::string& path) {
  auto database = duck::Database::in_memory({.external_access = true, .memory_limit_bytes = kMemoryBytes});
  if (!database) return true;
  auto connection = duck::Connection::open(*database);
  if (!connection) return true;
  const auto undos =
      connection->query_int64("SELECT count(*) FROM " + parquet_table(path) + " WHERE CAST(kind AS VARCHAR) = 'undo'");
  return !undos || *undos > 0;  // what is wrong with the file its reader says better
}

bool looks_like_parquet(std::string_view head) {
  return head.starts_with(kMagic);
}

}  // namespace renown::ingest::flat
