#include "log/import.h"

#include <chrono>
#include <utility>

#include "base/utf8.h"
#include "log/batch.h"
#include "log/import_state.h"
#include "log/usable_row.h"

namespace renown::log {
namespace {

/// Most blocks are, and need no look at each of their texts.
bool is_ascii(const model::InteractionBlock& block) {
  for (const model::TextColumn* column :
       {&block.networks(), &block.actors(), &block.targets(), &block.posts(), &block.ids(), &block.tags()}) {
    if (!base::is_ascii(column->bytes())) return false;
  }
  return true;
}

}  // namespace

Import::Import(std::unique_ptr<State> state) : state_(std::move(state)) {}
Import::Import(Import&&) noexcept = default;
Import& Import::operator=(Import&&) noexcept = default;
Import::~Import() = default;

const ImportCounts& Import::durable() const {
  static_cast<void>(state_->settle());  // what failed is told by the next add() or finish()
  return state_->durable;
}

Result<void> Import::add(const model::InteractionBlock& block) {
  if (auto settled = state_->settle_if_done(); !settled) return settled;
  const bool ascii = is_ascii(block);
  for (std::size_t i = 0; i < block.size(); ++i) {
    auto added = state_->add(block[i], ascii);
    if (!added) return added;
  }
  return {};
}

Result<ImportCounts> Import::finish() {
  if (auto started = state_->start_commit(true); !started) return started.error();
  if (auto settled = state_->settle(); !settled) return settled.error();
  return state_->durable;
}

Result<void> Import::State::add(Interaction row, bool ascii) {
  ++given.rows;
  if (!has_usable_time(row) || (!ascii && !is_text(row))) {
    ++given.unusable;
  } else if (tombstones.empty()) {
    batches[filling].add(row);
  } else if (tombstones.erased(row)) {
    ++given.erased;
  } else {
    if (tombstones.clean(row, room)) ++given.cleaned;
    batches[filling].add(row);
  }
  if (batches[filling].size() < options.batch_rows) return {};
  return start_commit(false);
}

/// Hands the batch to a thread that commits it, and goes on with the other one.
Result<void> Import::State::start_commit(bool complete) {
  if (auto settled = settle(); !settled) return settled;
  Batch& full = batches[filling];
  filling = 1 - filling;
  const bool aside = log->options.threads != 1;
  committing = std::async(aside ? std::launch::async : std::launch::deferred,
                          [this, &full, counts = given, complete] { return commit(full, counts, complete); });
  return aside ? Result<void>() : settle();
}

/// Waits for the batch that is being committed, if there is one.
Result<void> Import::State::settle() {
  if (!failure && committing.valid()) {
    auto counts = committing.get();
    if (!counts) return fail(counts.error());
    durable = *counts;
  }
  if (failure) return *failure;
  return {};
}

Result<void> Import::State::settle_if_done() {
  const bool running =
      committing.valid() && committing.wait_for(std::chrono::seconds(0)) == std::future_status::timeout;
  if (!failure && running) return {};
  return settle();
}

/// On a thread of its own, with the connection to itself; `durable` does not change meanwhile.
///
/// counts   of all rows given up to the batch's last, to which what becomes of the batch is added
/// returns  what is on disk then
Result<ImportCounts> Import::State::commit(Batch& batch, ImportCounts counts, bool complete) {
  counts.batches = durable.batches;
  counts.added = durable.added;
  counts.duplicates = durable.duplicates;
  const bool has_rows = counts.rows > durable.rows;
  auto transaction = duck::Transaction::begin(connection);
  if (!transaction) return transaction.error();
  auto added = batch.move_into(catalog);
  if (!added) return added.error();
  counts.added += *added;
  counts.duplicates += batch.size() - *added;
  if (has_rows) ++counts.batches;
  if (auto recorded = record(counts, complete); !recorded) return recorded.error();
  if (auto committed = transaction->commit(); !committed) return committed.error();
  batch.clear();
  if (has_rows && options.on_commit) options.on_commit(counts);
  return counts;
}

Result<void> Import::State::record(const ImportCounts& counts, bool complete) {
  const auto number = [](std::uint64_t value) { return static_cast<std::int64_t>(value); };
  auto removed = connection.execute("DELETE FROM imports WHERE import = ?", {import});
  if (!removed) return removed.error();
  auto inserted = connection.execute(
      "INSERT INTO imports VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
      {import, std::string_view(source.name), std::string_view(source.digest), number(source.size_bytes), source.time,
       number(counts.batches), number(counts.rows), number(counts.added), complete});
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
