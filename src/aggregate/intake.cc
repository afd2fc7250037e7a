#include "aggregate/intake.h"

#include <algorithm>
#include <string>

namespace renown::aggregate {

Intake::Intake(const PeopleMap& people, std::int64_t end, base::SpillArea& area)
    : people_(people), end_(end), plain_rows_(area), keyed_rows_(area), words_(area) {
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
  if (row.time >= end_) {
    ++future_;
    return;
  }
  newest_ = std::max(newest_.value_or(row.time), row.time);
  const KeyedRow keyed{{actor, target, Moment::of(row.time, row.kind)}, text_hash(row.post), text_hash(row.id)};
  if (row.kind == Kind::undo) {
    ++undo_rows_;
    undos_.add(keyed);
    return;
  }
  const std::size_t partition = partition_of(target == kNoAccount ? actor : target);
  if (keyed.post == 0 && keyed.id == 0) {
    plain_writer_->add(partition, keyed.row);
  } else {
    keyed_writer_->add(partition, keyed);
  }
  if (target != kNoAccount && addresses_in_words(row.kind))
    words_writer_->add(partition_of(actor), {actor, target, row.time});
}

void Intake::find_homes() {
  for (auto account = static_cast<AccountId>(homes_.size()); account < accounts_->size(); ++account) {
    const AccountName name = (*accounts_)[account];
    const auto person = people_.find(Account{std::string(name.network), std::string(name.account)});
    homes_.push_back(person == people_.end() ? account
                                             : home_by_name_.try_emplace(person->second, account).first->second);
  }
}

void Intake::finish() {
  plain_writer_.reset();
  keyed_writer_.reset();
  words_writer_.reset();
}

}  // namespace renown::aggregate
