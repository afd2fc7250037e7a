#include "score/snapshot.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <unordered_set>

namespace renown::score {
namespace {

using aggregate::AccountId;
using aggregate::PersonId;

constexpr std::size_t kFewest = 100;  ///< scored people that a percentile needs

}  // namespace

Snapshot::Snapshot(ScoreSheet sheet, const Snapshot* before) : sheet_(std::move(sheet)) {
  std::unordered_set<PersonId> counted;  // of those with several accounts
  scores_.assign(sheet_.accounts(), std::numeric_limits<double>::quiet_NaN());
  for (const AccountId account : sheet_.ranking()) {
    const PersonId person = sheet_.person_of(account);
    const std::optional<double> points = sheet_.score(person);
    if (!points) continue;
    scores_[account] = *points;
    if (sheet_.person_name(person).empty() || counted.insert(person).second)
      raws_.push_back(sheet_.numbers(person).raw);
  }
  std::ranges::reverse(raws_);  // the ranking falls
  keep_history(before);
}

std::optional<double> Snapshot::percentile_here(double raw) const {
  if (raws_.size() < kFewest) return std::nullopt;
  const auto above = std::ranges::upper_bound(raws_, raw);
  return 100.0 * static_cast<double>(above - raws_.begin()) / static_cast<double>(raws_.size());
}

void Snapshot::keep_history(const Snapshot* before) {
  history_begin_.assign(sheet_.accounts() + 1, 0);
  if (!before || before->sheet_.model().name != sheet_.model().name) return;
  for (AccountId account = 0; account < sheet_.accounts(); ++account) {
    const aggregate::AccountName name = sheet_.account(account);
    if (const auto then = before->find(name.network, name.account)) {
      auto past = before->history(*then);
      const bool had_score = !std::isnan(before->scores_[*then]);
      if (past.size() + had_score > kMostHistory) past = past.last(kMostHistory - had_score);
      history_.insert(history_.end(), past.begin(), past.end());
      if (had_score) history_.push_back({before->as_of(), before->scores_[*then]});
    }
    history_begin_[account + 1] = history_.size();
  }
}

}  // namespace renown::score
