#include "log/batch.h"

#include <algorithm>

#include <fmt/format.h>

#include "duck/sql.h"
#include "log/schema.h"

namespace renown::log {

Result<void> Batch::begin() {
  auto created = connection_.execute(
      "CREATE OR REPLACE TEMP TABLE batch (time BIGINT, network VARCHAR, kind UTINYINT, actor VARCHAR, target VARCHAR,"
      " post VARCHAR, id VARCHAR, tags VARCHAR)");
  if (!created) return created.error();
  auto appender = duck::Appender::create(connection_, "batch", "temp");
  if (!appender) return appender.error();
  appender_.emplace(std::move(*appender));
  return {};
}

Result<void> Batch::add(const Interaction& row) {
  if (!appender_) {
    auto begun = begin();
    if (!begun) return begun;
  }
  duck::RowBuffer& rows = appender_->rows();
  rows.add_row();
  rows.set_int64(0, row.time);
  rows.set_text(1, row.network);
  rows.set_uint8(2, static_cast<std::uint8_t>(row.kind));
  rows.set_text(3, row.actor);
  rows.set_text(4, row.target);
  rows.set_text(5, row.post);
  rows.set_text(6, row.id);
  rows.set_text(7, row.tags);
  first_time_ = size_ == 0 ? row.time : std::min(first_time_, row.time);
  last_time_ = size_ == 0 ? row.time : std::max(last_time_, row.time);
  ++size_;
  if (rows.full()) return appender_->push();
  return {};
}

Result<void> Batch::seal() {
  if (!appender_) return {};
  return appender_->finish();
}

Result<std::uint64_t> Batch::move_into(const std::string& catalog) {
  if (size_ == 0) return std::uint64_t{0};
  // The bounds are written into the statement so that DuckDB passes over what lies outside of them unread.
  return connection_.execute(
      fmt::format("INSERT INTO {0}.interactions SELECT DISTINCT batch.* FROM temp.batch"
                  " ANTI JOIN (SELECT * FROM {0}.interactions WHERE time BETWEEN {1} AND {2}) USING ({3}) ORDER BY ALL",
                  duck::name_literal(catalog), first_time_, last_time_, kColumns));
}

Result<void> Batch::clear() {
  appender_.reset();
  size_ = 0;
  auto dropped = connection_.execute("DROP TABLE IF EXISTS temp.batch");
  if (!dropped) return dropped.error();
  return {};
}

}  // namespace renown::log
