#include "aggregate/act_maker.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "base/radix_sort.h"

namespace renown::aggregate {
namespace {

constexpr std::size_t kAhead = 32;  ///< rows between asking for a rank and using it

const Row& plain(const Row& row) {
  return row;
}
const Row& plain(const KeyedRow& row) {
  return row.row;
}
KeyedRow keyed(const Row& row) {
  return {row, 0, 0};
}
const KeyedRow& keyed(const KeyedRow& row) {
  return row;
}

bool same_pair(const Row& a, const Row& b) {
  return a.actor == b.actor && a.target == b.target;
}
bool same_pair(const Words& a, const Words& b) {
  return a.addresser == b.addresser && a.addressed == b.addressed;
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
  const std::size_t rows = intake_.plain_rows().size(partition) + intake_.keyed_rows().size(partition);
  acts_.clear();
  acts_.reserve(rows);
  in_words_.clear(rows);
  take_rows_of(intake_.plain_rows(), partition, room_);
  take_rows_of(intake_.keyed_rows(), partition, keyed_);
}

template <class T>
void ActMaker::take_rows_of(base::Partitioned<T>& rows, std::size_t partition, base::Buffer<T>& room) {
  rows.for_each_piece(partition, room, [this](std::span<const T> piece) {
    for (std::size_t i = 0; i < piece.size(); ++i) {
      const Row& soon = plain(piece[std::min(i + kAhead, piece.size() - 1)]);
      order_.prefetch(soon.actor);
      order_.prefetch(soon.target);
      if (counts(piece[i])) keep(plain(piece[i]));
    }
  });
  rows.clear(partition);
}

/// Whether a row was there at as_of.
template <class T>
bool ActMaker::counts(const T& row) {
  if (plain(row).moment.time() >= as_of_) {
    ++dropped_.future;
    return false;
  }
  if (undos_.empty() || !undos_.withdraws(keyed(row))) return true;
  ++dropped_.withdrawn;
  return false;
}

/// Rows that have weight and are on somebody else, with ranks for numbers, and what merge_twins() asks of each.
void ActMaker::keep(const Row& row) {
  const Kind kind = row.moment.kind();
  if (!is_engagement(kind)) {
    ++dropped_.weightless;
  } else if (intake_.home_of(row.actor) == intake_.home_of(row.target)) {
    ++dropped_.own;
  } else {
    const bool in_words = addresses_in_words(kind);
    if (in_words) in_words_.add(row.target, row.actor);
    acts_.push_back({order_.rank_of(row.actor),
                     order_.rank_of(row.target),
                     {row.moment.bits | (in_words ? Moment::kInWords : Moment::kWordless)}});
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
  const auto twins = [](const Row& a, const Row& b) { return same_pair(a, b) && a.moment.time() == b.moment.time(); };
  const Row* const first = std::adjacent_find(acts_.begin(), acts_.end(), twins);
  if (first == acts_.end()) return;
  auto kept = static_cast<std::size_t>(first - acts_.begin());
  for (std::size_t i = kept + 1; i < acts_.size(); ++i) {
    if (twins(acts_[kept], acts_[i])) {
      acts_[kept].moment.bits |= acts_[i].moment.bits & (Moment::kInWords | Moment::kWordless);
    } else {
      acts_[++kept] = acts_[i];
    }
  }
  dropped_.twins += acts_.size() - (kept + 1);
  acts_.shrink(kept + 1);
}

/// Of all that was said by persons of the partition, what may have asked for one of its acts: most was never answered.
/// In the order of the acts that answer.
void ActMaker::take_words(std::size_t partition) {
  words_.clear();
  intake_.words().for_each_piece(partition, said_, [this](std::span<const Words> piece) {
    for (const Words& words : piece) {
      if (!in_words_.may_hold(words.addresser, words.addressed)) continue;
      words_.push_back({order_.rank_of(words.addresser), order_.rank_of(words.addressed), words.time});
    }
  });
  intake_.words().clear(partition);
  base::radix_sort(words_, said_, [&](const Words& words) { return narrow_pair(words.addresser, words.addressed); });
  if (persons_.linked())
    base::radix_sort(words_, said_, [&](const Words& words) { return persons_.of(words.addresser); });
}

/// Acts in words from the first of a pair on, as long as each was provoked (docs/scoring/provoked.md).
void ActMaker::drop_provoked() {
  provoked_.clear();
  const Row* from = acts_.begin();
  for (std::size_t begin = 0, end = 0; begin < words_.size(); begin = end) {
    while (end < words_.size() && same_pair(words_[begin], words_[end])) ++end;
    const auto words = words_.span().subspan(begin, end - begin);
    const std::span<const Row> answers = acts_that_answer(words.front(), from);
    std::size_t count = 0;
    while (count < answers.size() && provoked(answers[count], words)) ++count;
    if (count > 0) provoked_.push_back(answers.first(count));
    from = answers.data() + answers.size();
  }
  take_out_provoked();
}

/// The acts of who was addressed on who addressed. from  acts before it are of earlier pairs
std::span<const Row> ActMaker::acts_that_answer(const Words& words, const Row* from) const {
  const auto key_of = [&](AccountId target, AccountId actor) {
    return std::pair(persons_.of(target), narrow_pair(target, actor));
  };
  const auto wanted = key_of(words.addresser, words.addressed);
  const auto comes_before = [&](const Row& act) { return key_of(act.target, act.actor) < wanted; };
  std::ptrdiff_t step = 1;  // words are few, so that the next pair is far, but often less far than half of all
  while (acts_.end() - from > step && comes_before(from[step])) {
    from += step;
    step *= 2;
  }
  const Row* const limit = from + std::min(step + 1, acts_.end() - from);
  const Row* const begin = std::partition_point(from, limit, comes_before);
  const Row* end = begin;
  while (end != acts_.end() && end->target == words.addresser && end->actor == words.addressed) ++end;
  return {begin, end};
}

bool ActMaker::provoked(const Row& act, std::span<const Words> words) const {
  if (act.moment.wordless()) return false;
  const std::int64_t time = act.moment.time();
  return std::ranges::any_of(
      words, [&](const Words& said) { return said.time <= time && time - said.time <= provoked_seconds_; });
}

void ActMaker::take_out_provoked() {
  if (provoked_.empty()) return;
  Row* kept = acts_.begin() + (provoked_.front().data() - acts_.begin());
  for (std::size_t i = 0; i < provoked_.size(); ++i) {
    const Row* const behind = provoked_[i].data() + provoked_[i].size();
    const Row* const next = i + 1 < provoked_.size() ? provoked_[i + 1].data() : acts_.end();
    kept = std::copy(behind, next, kept);
  }
  const auto size = static_cast<std::size_t>(kept - acts_.begin());
  dropped_.provoked += acts_.size() - size;
  acts_.shrink(size);
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
