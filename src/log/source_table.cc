#include "log/source_table.h"

#include <utility>

#include <fmt/format.h>

#include "duck/sql.h"

namespace renown::log {
namespace {

/// Stands for a time that is not known; unix seconds of acts are never below 0.
constexpr std::int64_t kUnknown = -1;

std::int64_t stored(const std::optional<std::int64_t>& time) {
  return time.value_or(kUnknown);
}

std::optional<std::int64_t> known(std::int64_t time) {
  return time == kUnknown ? std::nullopt : std::optional(time);
}

constexpr const char* kSourceColumns =
    "source, connector, network, account, server, settings, made, rows, added, cursor, whole, whole_time, tried_time, "
    "problem, sentence, retry_at, skipped, subject";

Source source_of(const duck::QueryResult& rows, std::size_t row) {
  const auto text = [&](std::size_t column) { return std::string(rows.column(column).text(row)); };
  const auto number = [&](std::size_t column) { return rows.column(column).int64(row); };
  return {.name = text(0),
          .connector = text(1),
          .network = text(2),
          .account = text(3),
          .server = text(4),
          .settings = text(5),
          .made = number(6),
          .state = {.cursor = text(9),
                    .whole = text(10),
                    .whole_time = known(number(11)),
                    .tried_time = known(number(12)),
                    .problem = text(13),
                    .sentence = text(14),
                    .retry_at = known(number(15)),
                    .subject = text(17),
                    .skipped = static_cast<std::uint64_t>(number(16))},
          .rows = static_cast<std::uint64_t>(number(7)),
          .added = static_cast<std::uint64_t>(number(8))};
}

Result<bool> has_table(duck::Connection& connection) {
  auto count = connection.query_int64(
      "SELECT count(*) FROM duckdb_tables() WHERE database_name = current_database() AND table_name = 'sources'");
  if (!count) return count.error();
  return *count > 0;
}

}  // namespace

Result<void> create_source_table(duck::Connection& connection, const std::string& catalog) {
  auto created = connection.execute(fmt::format(
      R"(CREATE TABLE {}.sources (
           source VARCHAR NOT NULL, connector VARCHAR NOT NULL, network VARCHAR NOT NULL, account VARCHAR NOT NULL,
           server VARCHAR NOT NULL, settings VARCHAR NOT NULL, made BIGINT NOT NULL, rows BIGINT NOT NULL,
           added BIGINT NOT NULL, cursor VARCHAR NOT NULL, whole VARCHAR NOT NULL, whole_time BIGINT NOT NULL,
           tried_time BIGINT NOT NULL, problem VARCHAR NOT NULL, sentence VARCHAR NOT NULL, retry_at BIGINT NOT NULL,
           skipped BIGINT NOT NULL, subject VARCHAR NOT NULL))",
      duck::name_literal(catalog)));
  if (!created) return created.error();
  return {};
}

Result<std::vector<Source>> read_sources(duck::Connection& connection) {
  auto there = has_table(connection);
  if (!there) return there.error();
  std::vector<Source> all;
  if (!*there) return all;
  auto rows = connection.query(fmt::format("SELECT {} FROM sources ORDER BY source", kSourceColumns));
  if (!rows) return rows.error();
  for (auto more = rows->next();; more = rows->next()) {
    if (!more) return more.error();
    if (!*more) return all;
    for (std::size_t i = 0; i < rows->size(); ++i) all.push_back(source_of(*rows, i));
  }
}

Result<void> insert_source(duck::Connection& connection, const std::string& catalog, const Source& source) {
  const SourceState& state = source.state;
  auto inserted = connection.execute(
      fmt::format("INSERT INTO {}.sources ({}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                  duck::name_literal(catalog), kSourceColumns),
      {source.name, source.connector, source.network, source.account, source.server, source.settings, source.made,
       static_cast<std::int64_t>(source.rows), static_cast<std::int64_t>(source.added), state.cursor, state.whole,
       stored(state.whole_time), stored(state.tried_time), state.problem, state.sentence, stored(state.retry_at),
       static_cast<std::int64_t>(state.skipped), state.subject});
  if (!inserted) return inserted.error();
  return {};
}

Result<bool> update_state(duck::Connection& connection, const std::string& name, const SourceState& state,
                          std::uint64_t rows, std::uint64_t added) {
  auto updated = connection.execute(
      "UPDATE sources SET rows = rows + ?, added = added + ?, cursor = ?, whole = ?, whole_time = ?, tried_time = ?, "
      "problem = ?, sentence = ?, retry_at = ?, skipped = ?, subject = ? WHERE source = ?",
      {static_cast<std::int64_t>(rows), static_cast<std::int64_t>(added), state.cursor, state.whole,
       stored(state.whole_time), stored(state.tried_time), state.problem, state.sentence, stored(state.retry_at),
       static_cast<std::int64_t>(state.skipped), state.subject, name});
  if (!updated) return updated.error();
  return *updated > 0;
}

}  // namespace renown::log
