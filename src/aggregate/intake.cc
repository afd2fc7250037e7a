#include "aggregate/intake.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "aggregate/undo_set.h"
#include "base/parallel.h"
#include "base/radix_sort.h"

namespace renown::aggregate {
namespace {

/// Values of one partition after the other, sorted by keys from the last that matters to the first.
template <class T, class... Keys>
void sort_partition(base::Partitioned<T>& values, std::size_t partition, base::Buffer<T>& sorted, base::Buffer<T>& room,
                    const Keys&... keys) {
  sorted.clear();
  values.take(partition, sorted);
  (base::radix_sort(sorted, room, keys), ...);
  values.append(partition, sorted.span());
}

std::optional<std::int64_t> newest_of(const model::InteractionBlock& block) {
  if (block.empty()) return std::nullopt;
  return *std::ranges::max_element(block.times());
}

}  // namespace

Intake::Intake(const PeopleMap& people, base::SpillArea& area, Keeps keeps)
    : people_(people), keeps_keys_(keeps.keys), plain_rows_(area), keyed_rows_(area), words_(area) {
  plain_writer_.emplace(plain_rows_);
  keyed_writer_.emplace(keyed_rows_);
  words_writer_.emplace(words_);
  if (keeps.texts) row_texts_.emplace(area);
}

void Intake::add(const model::InteractionBlock& block) {
  accounts_->intern(block, actors_, targets_);
  if (!people_.empty()) find_homes();
  count_rows(block.size(), newest_of(block));
  if (row_texts_) row_texts_->begin(block);
  for (std::size_t i = 0; i < block.size(); ++i) add_row(block, i);
}

void Intake::add_row(const model::InteractionBlock& block, std::size_t i) {
  const AccountId actor = actors_[i], target = targets_[i];
  const Kind kind = block.kinds()[i];
  KeyedRow row{.row = {actor, target, Moment::of(block.times()[i], kind)}};
  if (keeps_keys_ || kind == Kind::undo) {
    row.post = text_hash(block.posts()[i]);
    row.id = text_hash(block.ids()[i]);
  }
  if (kind == Kind::undo) {
    undos_.push_back(row);
    return;
  }
  const std::size_t partition = partition_of(target == kNoAccount ? actor : target);
  if ((row.post | row.id) != 0) {
    keyed_writer_->add(partition, row);
  } else {
    plain_writer_->add(partition, row.row);
  }
  if (row_texts_ && is_engagement(kind)) row_texts_->add(partition, row.row, i);
  if (target != kNoAccount && addresses_in_words(kind))
    words_writer_->add(partition_of(actor), {actor, target, row.row.moment.time()});
}

void Intake::add_account(const AccountName& name) {
  accounts_->intern(name.network, name.account);
  if (!people_.empty()) find_homes();
}

void Intake::count_rows(std::uint64_t rows, std::optional<std::int64_t> newest) {
  rows_ += rows;
  if (newest) newest_ = std::max(newest_.value_or(*newest), *newest);
}

void Intake::put_accounts(const AccountTable::Parts& accounts, std::span<const AccountId> known_order,
                          io::MappedFile file) {
  accounts_ = std::make_unique<AccountTable>(accounts);
  held_.emplace(std::move(file));
  known_order_ = known_order;
  if (!people_.empty()) find_homes();
}

/// Of the accounts that are new: where they are more than there are linked ones, these are looked for.
void Intake::find_homes() {
  const auto first = static_cast<AccountId>(homes_.size());
  const auto size = static_cast<AccountId>(accounts_->size());
  for (AccountId account = first; account < size; ++account) homes_.push_back(account);
  if (size - first <= people_.size()) {
    for (AccountId account = first; account < size; ++account) {
      const AccountName name = (*accounts_)[account];
      const auto person = people_.find(Account{std::string(name.network), std::string(name.account)});
      if (person != people_.end()) find_home(account, person->second);
    }
    return;
  }
  std::vector<std::pair<AccountId, std::string_view>> linked;
  for (const auto& [account, person] : people_) {
    const AccountId id = accounts_->find(account.network, account.account);
    if (id != kNoAccount && id >= first) linked.emplace_back(id, person);
  }
  std::ranges::sort(linked);
  for (const auto& [account, person] : linked) find_home(account, person);
}

void Intake::find_home(AccountId account, std::string_view person) {
  homes_[account] = home_by_name_.try_emplace(person, account).first->second;
}

const AccountOrder& Intake::order() {
  if (!order_) order_ = std::make_unique<AccountOrder>(*accounts_, known_order_);
  return *order_;
}

std::unique_ptr<AccountOrder> Intake::release_order() {
  order();
  return std::move(order_);
}

void Intake::sort_rows(std::size_t threads) {
  const AccountOrder& ranks = order();
  const auto rank = [&](AccountId account) { return account == kNoAccount ? kNoAccount : ranks.rank_of(account); };
  const auto sort_rows_of = [&](std::size_t partition, base::Buffer<Row>& rows, base::Buffer<Row>& room) {
    sort_partition(
        plain_rows_, partition, rows, room, [](const Row& row) { return row.moment.bits; },
        [&](const Row& row) { return rank(row.actor); }, [&](const Row& row) { return rank(row.target); });
  };
  const auto sort_keyed_of = [&](std::size_t partition, base::Buffer<KeyedRow>& rows, base::Buffer<KeyedRow>& room) {
    sort_partition(
        keyed_rows_, partition, rows, room, [](const KeyedRow& row) { return row.row.moment.bits; },
        [&](const KeyedRow& row) { return rank(row.row.actor); },
        [&](const KeyedRow& row) { return rank(row.row.target); });
  };
  const auto sort_words_of = [&](std::size_t partition, base::Buffer<Words>& words, base::Buffer<Words>& room) {
    sort_partition(
        words_, partition, words, room, [](const Words& word) { return static_cast<std::uint64_t>(word.time); },
        [&](const Words& word) { return rank(word.addressed); },
        [&](const Words& word) { return rank(word.addresser); });
  };
  base::parallel_workers(
      base::kPartitions, threads,
      [&] {
        return [&, plain = std::array<base::Buffer<Row>, 2>(), keyed = std::array<base::Buffer<KeyedRow>, 2>(),
                words = std::array<base::Buffer<Words>, 2>()](std::size_t partition) mutable {
          sort_rows_of(partition, plain[0], plain[1]);
          sort_keyed_of(partition, keyed[0], keyed[1]);
          sort_words_of(partition, words[0], words[1]);
        };
      },
      [](std::size_t) { return true; });
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
  if (row_texts_) row_texts_->finish();
}

}  // namespace renown::aggregate
