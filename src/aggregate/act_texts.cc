#include "aggregate/act_texts.h"

#include <algorithm>
#include <tuple>

namespace renown::aggregate {
namespace {

auto second_of_pair(AccountId target, AccountId actor, Moment moment) {
  return std::tuple(target, actor, moment.time());
}

}  // namespace

void ActTexts::load(std::size_t partition) {
  loaded_.clear();
  rows_.rows().for_each_piece(partition, room_, [this](std::span<const TextRow> piece) {
    for (TextRow row : piece) {
      if (!counts(row)) continue;
      row.actor = order_.rank_of(row.actor);
      row.target = order_.rank_of(row.target);
      loaded_.push_back(row);
    }
  });
  rows_.rows().clear(partition);
  std::sort(loaded_.begin(), loaded_.end(), [this](const TextRow& a, const TextRow& b) { return comes_before(a, b); });
}

/// Whether a row was there at as_of.
bool ActTexts::counts(const TextRow& row) const {
  if (row.moment.time() >= as_of_) return false;
  if (undos_.empty()) return true;
  const StringTable& texts = rows_.texts();
  return !undos_.withdraws({{row.actor, row.target, row.moment}, text_hash(texts[row.post]), text_hash(texts[row.id])});
}

bool ActTexts::comes_before(const TextRow& a, const TextRow& b) const {
  const auto numbers = [](const TextRow& row) { return std::tuple(row.target, row.actor, row.moment.bits); };
  if (numbers(a) != numbers(b)) return numbers(a) < numbers(b);
  const StringTable& texts = rows_.texts();
  if (a.post != b.post) return texts[a.post] < texts[b.post];
  if (a.id != b.id) return texts[a.id] < texts[b.id];
  return a.tags != b.tags && texts[a.tags] < texts[b.tags];
}

ActTexts::Texts ActTexts::of(const Row& act) const {
  const auto wanted = second_of_pair(act.target, act.actor, act.moment);
  const TextRow* const row = std::partition_point(loaded_.begin(), loaded_.end(), [&](const TextRow& one) {
    return second_of_pair(one.target, one.actor, one.moment) < wanted;
  });
  const bool is_there = row != loaded_.end() && second_of_pair(row->target, row->actor, row->moment) == wanted;
  return is_there ? Texts{row->post, row->id, row->tags} : Texts{};
}

}  // namespace renown::aggregate
