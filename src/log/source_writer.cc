#include "log/source_writer.h"

#include <optional>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "duck/bulk_insert.h"
#include "duck/connection.h"
#include "duck/sql.h"
#include "log/batch.h"
#include "log/open_log.h"
#include "log/schema.h"
#include "log/source_table.h"
#include "log/source_writer_state.h"
#include "log/usable_row.h"

namespace renown::log {
namespace {

/// Where undated rows wait beside the log.
constexpr const char* kWaiting = "temp.undated";

constexpr const char* kMakeWaiting =
    "CREATE TEMP TABLE IF NOT EXISTS undated (time BIGINT, network VARCHAR, kind UTINYINT, actor VARCHAR, "
    "target VARCHAR, post VARCHAR, id VARCHAR, tags VARCHAR)";

}  // namespace

SourceWriter::SourceWriter(std::unique_ptr<State> state) : state_(std::move(state)) {}
SourceWriter::SourceWriter(SourceWriter&&) noexcept = default;
SourceWriter& SourceWriter::operator=(SourceWriter&&) noexcept = default;
SourceWriter::~SourceWriter() = default;

void SourceWriter::add_dated(const model::InteractionBlock& block) {
  for (std::size_t i = 0; i < block.size(); ++i) {
    Interaction row = block[i];
    if (state_->admit(row)) state_->dated.add(row);
  }
}

void SourceWriter::add_undated(const model::InteractionBlock& block) {
  for (std::size_t i = 0; i < block.size(); ++i) {
    Interaction row = block[i];
    if (state_->admit(row)) state_->undated.push(row);
  }
}

std::uint64_t SourceWriter::pending() const {
  return state_->counts.rows;
}

Result<SourceCounts> SourceWriter::commit(const SourceState& state) {
  auto counts = state_->commit(state);
  state_->drop();
  if (!counts) return explain(*state_->log, counts.error());
  return counts;
}

/// Counts a row, and cleans it of erased names. returns  whether it may come into the log
bool SourceWriter::State::admit(Interaction& row) {
  ++counts.rows;
  if (!has_usable_time(row) || !is_text(row)) {
    ++counts.unusable;
    return false;
  }
  if (tombstones.empty()) return true;
  if (tombstones.erased(row)) {
    ++counts.erased;
    return false;
  }
  tombstones.clean(row, room);
  return true;
}

Result<SourceCounts> SourceWriter::State::commit(const SourceState& state) {
  auto transaction = duck::Transaction::begin(connection);
  if (!transaction) return transaction.error();
  auto with_time = dated.move_into(catalog);
  if (!with_time) return with_time.error();
  auto without = move_undated();
  if (!without) return without.error();
  SourceCounts done = counts;
  done.added = *with_time + *without;
  done.duplicates = done.rows - done.added - done.erased - done.unusable;
  if (auto recorded = record(done, state); !recorded) return recorded.error();
  auto there = update_state(connection, source, state, done.rows, done.added);
  if (!there) return there.error();
  if (!*there) return Error{ErrorCode::not_found, fmt::format("there is no source {} any more", source)};
  if (auto committed = transaction->commit(); !committed) return committed.error();
  return done;
}

/// After the dated rows, which count first.
Result<std::uint64_t> SourceWriter::State::move_undated() {
  if (undated.empty()) return std::uint64_t{0};
  if (auto made = connection.execute(kMakeWaiting); !made) return made.error();
  if (auto emptied = connection.execute(fmt::format("DELETE FROM {}", kWaiting)); !emptied) return emptied.error();
  if (!insert) {
    auto prepared = duck::BulkInsert::prepare(connection, interaction_columns());
    if (!prepared) return prepared.error();
    insert.emplace(std::move(*prepared));
  }
  auto waiting = insert->run(kWaiting, undated.size(),
                             [&](std::size_t row, duck::RowBuffer& rows) { fill_row(undated[row], rows); });
  if (!waiting) return waiting.error();
  return connection.execute(
      fmt::format("INSERT INTO {}.interactions "
                  "SELECT min(time), network, kind, actor, target, post, id, tags FROM {} AS new "
                  "WHERE NOT EXISTS (SELECT 1 FROM interactions AS old WHERE old.network = new.network "
                  "AND old.kind = new.kind AND old.actor = new.actor AND old.target = new.target "
                  "AND old.post = new.post AND old.id = new.id AND old.tags = new.tags) "
                  "GROUP BY network, kind, actor, target, post, id, tags ORDER BY ALL",
                  duck::name_literal(catalog), kWaiting));
}

/// The list of imports accounts for every row of the log. What sources gave between two imports is one line of it.
Result<void> SourceWriter::State::record(const SourceCounts& done, const SourceState& state) {
  if (done.rows == 0) return {};
  const auto rows = static_cast<std::int64_t>(done.rows);
  const auto added = static_cast<std::int64_t>(done.added);
  auto extended = connection.execute(
      "UPDATE imports SET batches = batches + 1, rows = rows + ?, added = added + ? "
      "WHERE import = (SELECT max(import) FROM imports) AND name = ? AND digest = ?",
      {rows, added, kSyncName, kSyncDigest});
  if (!extended) return extended.error();
  if (*extended > 0) return {};
  auto inserted = connection.execute(
      "INSERT INTO imports SELECT coalesce(max(import), 0) + 1, ?, ?, 0, ?, 1, ?, ?, true FROM imports",
      {kSyncName, kSyncDigest, state.tried_time.value_or(0), rows, added});
  if (!inserted) return inserted.error();
  return {};
}

void SourceWriter::State::drop() {
  dated.clear();
  undated.clear();
  counts = {};
}

}  // namespace renown::log
