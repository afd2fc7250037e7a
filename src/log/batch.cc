#include "log/batch.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/hash.h"
#include "duck/sql.h"
#include "log/logged_row.h"
#include "log/schema.h"

namespace renown::log {
namespace {

constexpr std::size_t kFirstSlots = 4096;

std::uint32_t tag_of(const Interaction& row) {
  std::uint64_t hash = base::mix64(static_cast<std::uint64_t>(row.time) << 8 | static_cast<std::uint64_t>(row.kind));
  for (const std::string_view text : {row.network, row.actor, row.target, row.post, row.id, row.tags}) {
    hash = base::table_hash(text, hash);
  }
  return static_cast<std::uint32_t>(hash >> 32);
}

}  // namespace

std::vector<duck::ColumnSpec> interaction_columns() {
  using enum duck::Type;
  return {{"time", int64},  {"network", text}, {"kind", uint8}, {"actor", text},
          {"target", text}, {"post", text},    {"id", text},    {"tags", text}};
}

void fill_row(const Interaction& row, duck::RowBuffer& rows) {
  rows.add_row();
  rows.set_int64(0, row.time);
  rows.set_text_in_place(1, row.network);
  rows.set_uint8(2, static_cast<std::uint8_t>(row.kind));
  rows.set_text_in_place(3, row.actor);
  rows.set_text_in_place(4, row.target);
  rows.set_text_in_place(5, row.post);
  rows.set_text_in_place(6, row.id);
  rows.set_text_in_place(7, row.tags);
}

void Batch::add(const Interaction& row) {
  ++given_;
  if ((count_ + 1) * 3 > slots_.size() * 2) grow();
  const std::uint32_t tag = tag_of(row);
  Slot& slot = find(row, tag);
  if (slot.number_plus_one != 0) return;
  if (count_ / kBlockRows == blocks_.size()) blocks_.emplace_back();
  blocks_[count_ / kBlockRows].push(row);
  in_order_ = in_order_ && (count_ == 0 || row.time >= last_time_);
  first_time_ = count_ == 0 ? row.time : std::min(first_time_, row.time);
  last_time_ = count_ == 0 ? row.time : std::max(last_time_, row.time);
  slot = {static_cast<std::uint32_t>(++count_), tag};
}

/// Where the row stands, or the free slot where it would.
Batch::Slot& Batch::find(const Interaction& wanted, std::uint32_t tag) {
  std::size_t at = std::uint64_t{tag} * slots_.size() >> 32;
  for (; slots_[at].number_plus_one != 0; at = at + 1 == slots_.size() ? 0 : at + 1) {
    if (slots_[at].tag == tag && row(slots_[at].number_plus_one - 1) == wanted) break;
  }
  return slots_[at];
}

void Batch::grow() {
  const std::vector<Slot> before = std::move(slots_);
  slots_.assign(std::max(kFirstSlots, before.size() * 2), Slot{});
  for (const Slot& slot : before) {
    if (slot.number_plus_one == 0) continue;
    std::size_t at = std::uint64_t{slot.tag} * slots_.size() >> 32;
    while (slots_[at].number_plus_one != 0) at = at + 1 == slots_.size() ? 0 : at + 1;
    slots_[at] = slot;
  }
}

Result<std::uint64_t> Batch::move_into(const std::string& catalog) {
  if (count_ == 0) return std::uint64_t{0};
  if (auto marked = mark_known(catalog); !marked) return marked.error();
  const std::vector<std::uint32_t> order = new_rows();
  if (order.empty()) return std::uint64_t{0};
  if (!insert_) {
    auto insert = duck::BulkInsert::prepare(connection_, interaction_columns());
    if (!insert) return insert.error();
    insert_.emplace(std::move(*insert));
  }
  return insert_->run(duck::name_literal(catalog) + ".interactions", order.size(),
                      [&](std::size_t number, duck::RowBuffer& rows) { fill_row(row(order[number]), rows); });
}

/// Marks the rows that the log has. The log may be far larger than the batch: it is streamed past it.
Result<void> Batch::mark_known(const std::string& catalog) {
  known_.assign(count_, false);
  // The bounds are written into the statement so that DuckDB passes over what lies outside of them unread.
  auto rows = connection_.query(fmt::format("SELECT {} FROM {}.interactions WHERE time BETWEEN {} AND {}", kColumns,
                                            duck::name_literal(catalog), first_time_, last_time_));
  if (!rows) return rows.error();
  for (auto more = rows->next();; more = rows->next()) {
    if (!more) return more.error();
    if (!*more) return {};
    for (std::size_t i = 0; i < rows->size(); ++i) {
      const Interaction there = logged_row(*rows, i);
      const Slot& slot = find(there, tag_of(there));
      if (slot.number_plus_one != 0) known_[slot.number_plus_one - 1] = true;
    }
  }
}

/// Numbers of the rows that the log does not have, by time.
std::vector<std::uint32_t> Batch::new_rows() const {
  std::vector<std::uint32_t> order;
  order.reserve(count_);
  for (std::uint32_t number = 0; number < count_; ++number) {
    if (!known_[number]) order.push_back(number);
  }
  if (!in_order_) std::ranges::stable_sort(order, {}, [this](std::uint32_t number) { return row(number).time; });
  return order;
}

void Batch::clear() {
  for (model::InteractionBlock& block : blocks_) block.clear();
  std::ranges::fill(slots_, Slot{});
  count_ = 0;
  given_ = 0;
  in_order_ = true;
}

}  // namespace renown::log
