#include "log/log_reader.h"

#include <algorithm>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "log/logged_row.h"
#include "log/schema.h"
#include "model/read_ahead.h"

namespace renown::log {
namespace {

class LogReader : public model::InteractionReader {
 public:
  LogReader(std::shared_ptr<const OpenLog> log, duck::Connection connection, duck::QueryResult rows,
            std::uint64_t row_count, std::uint64_t size_bytes)
      : log_(std::move(log)),
        connection_(std::move(connection)),
        rows_(std::move(rows)),
        row_count_(row_count),
        size_bytes_(size_bytes) {}

  Result<bool> read(model::InteractionBlock& block) override {
    while (!block.full()) {
      if (row_ == rows_.size()) {
        auto more = rows_.next();
        if (!more) return explain(*log_, more.error());
        if (!*more) return false;
        row_ = 0;
      }
      auto pushed = push_row(block);
      if (!pushed) return pushed.error();
    }
    return true;
  }

  const model::ReadReport& report() const override { return report_; }

  // The share of rows read, as bytes of the file: DuckDB does not tell where in the file it is.
  std::uint64_t bytes_read() const override {
    if (row_count_ == 0) return size_bytes_;
    const double share = static_cast<double>(report_.records) / static_cast<double>(row_count_);
    return static_cast<std::uint64_t>(share * static_cast<double>(size_bytes_));
  }

 private:
  Result<void> push_row(model::InteractionBlock& block) {
    const std::size_t row = row_++;
    const std::uint8_t kind = rows_.column(2).uint8(row);
    if (kind >= kKindNames.size()) {
      return bad_input(fmt::format("{} is damaged: there is no kind {}; restore the folder from a backup",
                                   log_->folder.database(), kind));
    }
    block.push(logged_row(rows_, row));
    ++report_.records;
    ++report_.interactions;
    return {};
  }

  std::shared_ptr<const OpenLog> log_;
  duck::Connection connection_;
  duck::QueryResult rows_;
  std::size_t row_ = 0;
  std::uint64_t row_count_;
  std::uint64_t size_bytes_;
  model::ReadReport report_;
};

}  // namespace

Result<std::unique_ptr<model::InteractionReader>> open_log_reader(std::shared_ptr<const OpenLog> log,
                                                                  std::uint64_t size_bytes, std::uint64_t skip) {
  auto connection = connect(*log);
  if (!connection) return connection.error();
  auto count = connection->query_int64("SELECT count(*) FROM interactions");
  if (!count) return explain(*log, count.error());
  // Rows are only ever added behind the others, so that their numbers are in the order in which they came in.
  const std::string rest = skip == 0 ? "" : fmt::format(" WHERE rowid >= {}", skip);
  auto rows = connection->query(fmt::format("SELECT {} FROM interactions{}", kColumns, rest));
  if (!rows) return explain(*log, rows.error());
  const bool one_thread = log->options.threads == 1;
  std::unique_ptr<model::InteractionReader> reader = std::make_unique<LogReader>(
      std::move(log), std::move(*connection), std::move(*rows),
      static_cast<std::uint64_t>(*count) - std::min(skip, static_cast<std::uint64_t>(*count)), size_bytes);
  if (one_thread) return reader;
  return std::unique_ptr<model::InteractionReader>(std::make_unique<model::ReadAhead>(std::move(reader)));
}

}  // namespace renown::log
