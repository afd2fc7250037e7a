#include "aggregate/act_maker.h"

#include <algorithm>
#include <tuple>

#include "base/radix_sort.h"

namespace renown::aggregate {
namespace {

constexpr std::size_t kAhead = 32;  ///< rows between asking for a rank and using it

std::uint64_t pair_of(AccountId first, AccountId second) {
  return (std::uint64_t{first} << 32) | second;
}

std::uint64_t key_of(const Words& words) {
  return pair_of(words.addresser, words.addressed);
}

bool same_pair(const Row& a, const Row& b) {
  return a.actor == b.actor && a.target == b.target;
}

/// Sorts rows that are sorted already but for some behind; if these are many, nothing is done. returns  whether it is
template <class Less>
bool sort_few_behind(base::Buffer<Row>& rows, base::Buffer<Row>& room, const Less& less) {
  Row* const middle = std::is_sorted_until(rows.begin(), rows.end(), less);
  if (rows.end() - middle > middle - rows.begin()) return false;
  if (middle == rows.end()) return true;
  std::sort(middle, rows.end(), less);
  room.resize(rows.size());
  std::merge(rows.begin(), middle, middle, rows.end(), room.begin(), less);
  std::swap(rows, room);
  return true;
}

}  // namespace

void ActMaker::make_acts(std::size_t partition) {
  take_rows(partition);
  take_words(partition);
  sort_rows();
  merge_twins();
  drop_provoked();
  dropped_.acts += acts_.size();
}

void ActMaker::take_rows(std::size_t partition) {
  acts_.clear();
  room_.clear();
  intake_.plain_rows().take(partition, room_);
  keyed_.clear();
  intake_.keyed_rows().take(partition, keyed_);
  acts_.reserve(room_.size() + keyed_.size());
  in_words_.clear(room_.size() + keyed_.size());
  for (std::size_t i = 0; i < room_.size(); ++i) {
    if (i + kAhead < room_.size()) prefetch(room_[i + kAhead]);
    if (!is_future(room_[i]) && !withdrawn({room_[i], 0, 0})) keep(room_[i]);
  }
  for (std::size_t i = 0; i < keyed_.size(); ++i) {
    if (i + kAhead < keyed_.size()) prefetch(keyed_[i + kAhead].row);
    if (!is_future(keyed_[i].row) && !withdrawn(keyed_[i])) keep(keyed_[i].row);
  }
}

void ActMaker::prefetch(const Row& row) const {
  order_.prefetch(row.actor);
  order_.prefetch(row.target);
}

bool ActMaker::is_future(const Row& row) {
  const bool is = row.moment.time() >= as_of_;
  if (is) ++dropped_.future;
  return is;
}

bool ActMaker::withdrawn(const KeyedRow& row) {
  const bool is = !undos_.empty() && undos_.withdraws(row);
  if (is) ++dropped_.withdrawn;
  return is;
}

/// Rows that have weight and are on somebody else, with ranks for numbers.
void ActMaker::keep(const Row& row) {
  if (!is_engagement(row.moment.kind())) {
    ++dropped_.weightless;
  } else if (intake_.home_of(row.actor) == intake_.home_of(row.target)) {
    ++dropped_.own;
  } else {
    if (addresses_in_words(row.moment.kind())) in_words_.add(row.target, row.actor);
    acts_.push_back({order_.rank_of(row.actor), order_.rank_of(row.target), row.moment});
  }
}

/// By target-person, target, actor and moment. Logs come in rough order of time, so that its digits are seldom sorted.
void ActMaker::sort_rows() {
  const auto pair = [&](const Row& row) { return narrow_pair(row.target, row.actor); };
  const auto moment = [](const Row& row) { return row.moment.bits; };
  const auto pair_then_moment = [&](const Row& a, const Row& b) {
    return pair(a) != pair(b) ? pair(a) < pair(b) : moment(a) < moment(b);
  };
  if (!sort_few_behind(acts_, room_, pair_then_moment)) {
    if (!std::ranges::is_sorted(acts_, {}, moment)) base::radix_sort(acts_, room_, moment);
    base::radix_sort(acts_, room_, pair);
  }
  // Where nobody is linked the order of accounts is that of persons.
  if (persons_.linked()) base::radix_sort(acts_, room_, [&](const Row& row) { return persons_.of(row.target); });
}

/// Rows of one actor, target and second are one act: the first by kind stands, and keeps in mind what its twins were.
void ActMaker::merge_twins() {
  std::size_t kept = 0;
  for (std::size_t i = 0; i < acts_.size(); ++i) {
    const Row row = acts_[i];
    const bool twin = kept > 0 && same_pair(acts_[kept - 1], row) && acts_[kept - 1].moment.time() == row.moment.time();
    if (!twin) acts_[kept++] = row;
    acts_[kept - 1].moment.bits |= addresses_in_words(row.moment.kind()) ? 2 : 1;
  }
  dropped_.twins += acts_.size() - kept;
  acts_.shrink(kept);
}

/// Of all that was said by persons of the partition, what may have asked for one of its acts: most was never answered.
void ActMaker::take_words(std::size_t partition) {
  said_.clear();
  intake_.words().take(partition, said_);
  words_.clear();
  word_ = 0;
  for (const Words& words : said_) {
    if (!in_words_.may_hold(words.addresser, words.addressed)) continue;
    words_.push_back({order_.rank_of(words.addresser), order_.rank_of(words.addressed), words.time});
  }
  base::radix_sort(words_, said_, [&](const Words& words) { return narrow_pair(words.addresser, words.addressed); });
}

/// Acts in words from the first on, as long as each was provoked (docs/scoring/provoked.md).
void ActMaker::drop_provoked() {
  if (words_.empty()) return;
  std::size_t kept = 0;
  Row last;                 // act that was looked at
  bool all_so_far = false;  // of the acts of this actor on this target
  for (const Row act : acts_) {
    all_so_far = (all_so_far || !same_pair(last, act)) && provoked(act);
    last = act;
    if (!all_so_far) acts_[kept++] = act;
  }
  dropped_.provoked += acts_.size() - kept;
  acts_.shrink(kept);
}

bool ActMaker::provoked(const Row& act) {
  if (act.moment.wordless()) return false;
  // Most partitions are asked in the order in which their words are sorted: go on from the last place.
  const std::uint64_t wanted = pair_of(act.target, act.actor);
  const Words* at = words_.begin() + word_;
  if (at == words_.end() || key_of(*at) > wanted) at = words_.begin();
  std::size_t step = 1;
  while (static_cast<std::size_t>(words_.end() - at) > step && key_of(at[step]) < wanted) {
    at += step;
    step *= 2;
  }
  const Words* limit = at + std::min<std::size_t>(step + 1, static_cast<std::size_t>(words_.end() - at));
  at = std::lower_bound(at, limit, wanted, [](const Words& words, std::uint64_t key) { return key_of(words) < key; });
  word_ = static_cast<std::size_t>(at - words_.begin());
  const std::int64_t time = act.moment.time();
  for (; at != words_.end() && key_of(*at) == wanted; ++at) {
    if (at->time <= time && time - at->time <= provoked_seconds_) return true;
  }
  return false;
}

std::uint32_t ActMaker::count_account_pairs(std::span<const Row> acts) {
  std::uint32_t pairs = 1;
  for (std::size_t i = 1; i < acts.size(); ++i) pairs += same_pair(acts[i - 1], acts[i]) ? 0 : 1;
  return pairs;
}

void ActMaker::order_by_engager(std::span<Row> acts) const {
  std::ranges::sort(acts, {}, [&](const Row& act) {
    return std::tuple(persons_.of(act.actor), act.moment.bits >> 6, act.actor, act.target);
  });
}

}  // namespace renown::aggregate
