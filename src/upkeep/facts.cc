#include "upkeep/facts.h"

#include <vector>

#include <fmt/format.h>

#include "duck/sql.h"
#include "model/interaction_block.h"
#include "store/database.h"

namespace renown::upkeep {
namespace {

Result<std::uint64_t> rows_by_reading(const log::InteractionLog& log, std::uint64_t expected,
                                      pipeline::Progress& progress) {
  auto reader = log.read();
  if (!reader) return reader.error();
  model::InteractionBlock block;
  std::uint64_t rows = 0;
  for (bool more = true; more;) {
    block.clear();
    const auto read = (*reader)->read(block);
    if (!read) return read.error();
    more = *read;
    rows += block.size();
    progress.update("reading the log", rows, expected, "interactions");
    if (progress.cancelled()) return Error{ErrorCode::cancelled, "stopped while reading the log"};
  }
  return rows;
}

Result<std::vector<std::string>> tables_of(store::Database& database) {
  auto rows = database.query(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' "
      "ESCAPE '\\' ORDER BY name");
  if (!rows) return rows.error();
  std::vector<std::string> names;
  for (auto more = rows->next();; more = rows->next()) {
    if (!more) return more.error();
    if (!*more) return names;
    names.emplace_back(rows->text(0));
  }
}

}  // namespace

Result<Facts> facts_of_log(const log::InteractionLog& log, Depth depth, pipeline::Progress& progress) {
  const auto version = log.schema_version();
  if (!version) return version.error();
  const auto rows = log.size();
  if (!rows) return rows.error();
  if (depth == Depth::whole) {
    const auto read = rows_by_reading(log, *rows, progress);
    if (!read) return read.error();
    if (*read != *rows) {
      return bad_input(
          fmt::format("the log counts {} interactions, but {} can be read: put it back from a backup", *rows, *read));
    }
  }
  return Facts{*version, *rows};
}

Result<Facts> facts_of_store(const std::string& path, Depth depth) {
  auto database = store::Database::open_for_reading(path);
  if (!database) return database.error();
  using store::Database;
  if (auto good = database->check(depth == Depth::quick ? Database::Depth::quick : Database::Depth::whole); !good) {
    return good.error();
  }
  const auto version = database->query_integer("PRAGMA user_version");
  if (!version) return version.error();
  const auto tables = tables_of(*database);
  if (!tables) return tables.error();
  Facts facts{*version, 0};
  for (const std::string& table : *tables) {
    const auto rows = database->query_integer(fmt::format("SELECT count(*) FROM {}", duck::name_literal(table)));
    if (!rows) return rows.error();
    facts.rows += static_cast<std::uint64_t>(*rows);
  }
  return facts;
}

}  // namespace renown::upkeep
