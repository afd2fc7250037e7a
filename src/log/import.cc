#include "log/import.h"

#include <optional>
#include <utility>
#include <vector>

#include "base/time.h"
#include "base/utf8.h"
#include "log/batch.h"
#include "log/import_state.h"

namespace renown::log {
namespace {

bool is_usable(const Interaction& row) {
  if (row.time < 0 || row.time > base::kMaxTime) return false;
  for (const std::string_view text : {row.network, row.actor, row.target, row.post, row.id, row.tags}) {
    if (!base::is_utf8(text)) return false;
  }
  return true;
}

}  // namespace

Import::Import(std::unique_ptr<State> state) : state_(std::move(state)) {}
Import::Import(Import&&) noexcept = default;
Import& Import::operator=(Import&&) noexcept = default;
Import::~Import() = default;

const ImportCounts& Import::durable() const {
  return state_->durable;
}

Result<void> Import::add(const model::InteractionBlock& block) {
  for (std::size_t i = 0; i < block.size(); ++i) {
    auto added = state_->add(block[i]);
    if (!added) return added;
  }
  return {};
}

Result<ImportCounts> Import::finish() {
  auto committed = state_->commit(true);
  if (!committed) return committed.error();
  return state_->durable;
}

Result<void> Import::State::add(Interaction row) {
  if (failure) return *failure;
  ++given.rows;
  if (!is_usable(row)) {
    ++given.unusable;
  } else if (tombstones.erased(row)) {
    ++given.erased;
  } else {
    if (tombstones.clean(row, room)) ++given.cleaned;
    auto added = batch.add(row);
    if (!added) return fail(added.error());
  }
  if (batch.size() < options.batch_rows) return {};
  return commit(false);
}

Result<void> Import::State::commit(bool complete) {
  if (failure) return *failure;
  const bool has_rows = given.rows > durable.rows;
  auto written = write_batch(complete);
  if (!written) return fail(written.error());
  durable = given;
  auto cleared = batch.clear();
  if (has_rows && options.on_commit) options.on_commit(durable);
  if (!cleared) return fail(cleared.error());
  return {};
}

Result<void> Import::State::write_batch(bool complete) {
  auto sealed = batch.seal();
  if (!sealed) return sealed;
  auto transaction = duck::Transaction::begin(connection);
  if (!transaction) return transaction.error();
  auto added = batch.move_into(catalog);
  if (!added) return added.error();
  given.added += *added;
  given.duplicates += batch.size() - *added;
  if (given.rows > durable.rows) ++given.batches;
  auto recorded = record(complete);
  if (!recorded) return recorded;
  return transaction->commit();
}

Result<void> Import::State::record(bool complete) {
  const auto number = [](std::uint64_t value) { return static_cast<std::int64_t>(value); };
  auto removed = connection.execute("DELETE FROM imports WHERE import = ?", {import});
  if (!removed) return removed.error();
  auto inserted = connection.execute(
      "INSERT INTO imports VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
      {import, std::string_view(source.name), std::string_view(source.digest), number(source.size_bytes), source.time,
       number(given.batches), number(given.rows), number(given.added), complete});
  if (!inserted) return inserted.error();
  return {};
}

// What the failed transaction had counted did not happen, and DuckDB may take no more statements.
Error Import::State::fail(const Error& error) {
  failure = explain(*log, error);
  failure->message += "; what was acknowledged before is safe, importing again adds the rest";
  return *failure;
}

}  // namespace renown::log
