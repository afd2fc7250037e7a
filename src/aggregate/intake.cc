#include "aggregate/intake.h"

#include <algorithm>
#include <string>

#include "aggregate/undo_set.h"

namespace renown::aggregate {

Intake::Intake(const PeopleMap& people, base::SpillArea& area, bool keeps_keys)
    : people_(people), keeps_keys_(keeps_keys), plain_rows_(area), keyed_rows_(area), words_(area) {
  plain_writer_.emplace(plain_rows_);
  keyed_writer_.emplace(keyed_rows_);
  words_writer_.emplace(words_);
}

void Intake::add(const model::InteractionBlock& block) {
  accounts_->intern(block, actors_, targets_);
  if (!people_.empty()) find_homes();
  for (std::size_t i = 0; i < block.size(); ++i) add(block[i], actors_[i], targets_[i]);
}

void Intake::add(const Interaction& row, AccountId actor, AccountId target) {
  ++rows_;
  newest_ = std::max(newest_.value_or(row.time), row.time);
  const Row plain{actor, target, Moment::of(row.time, row.kind)};
  const bool keyed = keeps_keys_ && !(row.post.empty() && row.id.empty());
  if (row.kind == Kind::undo) {
    undos_.push_back({plain, text_hash(row.post), text_hash(row.id)});
    return;
  }
  const std::size_t partition = partition_of(target == kNoAccount ? actor : target);
  if (keyed) {
    keyed_writer_->add(partition, {plain, text_hash(row.post), text_hash(row.id)});
  } else {
    plain_writer_->add(partition, plain);
  }
  if (target != kNoAccount && addresses_in_words(row.kind))
    words_writer_->add(partition_of(actor), {actor, target, row.time});
}

void Intake::add_account(const AccountName& name) {
  accounts_->intern(name.network, name.account);
  if (!people_.empty()) find_homes();
}

void Intake::count_rows(std::uint64_t rows, std::optional<std::int64_t> newest) {
  rows_ += rows;
  if (newest) newest_ = std::max(newest_.value_or(*newest), *newest);
}

void Intake::find_homes() {
  for (auto account = static_cast<AccountId>(homes_.size()); account < accounts_->size(); ++account) {
    const AccountName name = (*accounts_)[account];
    const auto person = people_.find(Account{std::string(name.network), std::string(name.account)});
    homes_.push_back(person == people_.end() ? account
                                             : home_by_name_.try_emplace(person->second, account).first->second);
  }
}

std::optional<std::int64_t> Intake::newest_until(std::int64_t now) {
  if (!newest_ || *newest_ <= now) return newest_;
  std::optional<std::int64_t> newest;
  const auto see = [&](const Row& row) {
    const std::int64_t time = row.moment.time();
    if (time <= now && (!newest || time > *newest)) newest = time;
  };
  base::Buffer<Row> plain;
  base::Buffer<KeyedRow> keyed;
  for (std::size_t partition = 0; partition < base::kPartitions; ++partition) {
    plain.clear();
    keyed.clear();
    plain_rows_.read(partition, plain);
    keyed_rows_.read(partition, keyed);
    for (const Row& row : plain) see(row);
    for (const KeyedRow& row : keyed) see(row.row);
  }
  for (const KeyedRow& undo : undos_) see(undo.row);
  return newest;
}

void Intake::finish() {
  plain_writer_.reset();
  keyed_writer_.reset();
  words_writer_.reset();
}

}  // namespace renown::aggregate
