/// RunView: a ScoreRun as tables and texts see it.
#pragma once

#include <algorithm>
#include <tuple>
#include <vector>

#include "score/score_run.h"
#include "score/score_sheet.h"

namespace renown::score {

/// `run` must outlive the view.
class RunView final : public ScoreView {
 public:
  explicit RunView(const ScoreRun& run)
      : run_(run), ranking_(rank(run)), observed_verified_share_(run.observed_verified_share()) {}

  const ScoreModel& model() const override { return run_.model; }
  std::int64_t as_of() const override { return run_.as_of; }
  bool is_protected() const override { return run_.is_protected; }
  const aggregate::DropCounts& dropped() const override { return run_.log.dropped; }
  const std::vector<Farm>& farms() const override { return run_.farms; }
  double observed_verified_share() const override { return observed_verified_share_; }
  const std::vector<AccountId>& ranking() const override { return ranking_; }
  aggregate::AccountName account(AccountId account) const override { return run_.log.accounts[account]; }
  PersonId person_of(AccountId account) const override { return run_.log.people.person_of[account]; }
  ScoreCard card(PersonId person) const override { return run_.cards[person]; }
  AccountId first_account(PersonId person) const override { return run_.log.people.first_account[person]; }
  std::size_t account_count(PersonId person) const override {
    return static_cast<std::size_t>(std::ranges::count(run_.log.people.person_of, person));
  }
  std::string_view person_name(PersonId person) const override { return run_.log.people.name[person]; }
  void prefetch_card(AccountId account) const override { run_.cards.prefetch(run_.log.people.person_of[account]); }
  void prefetch_name(AccountId account, std::size_t step) const override {
    if (step == 1) run_.log.accounts.prefetch_begin(account);
    if (step == 2) run_.log.accounts.prefetch_bytes(account);
  }

 private:
  static std::vector<AccountId> rank(const ScoreRun& run) {
    std::vector<bool> received(run.log.accounts.size());
    for (const aggregate::Event& act : run.tally.acts) received[act.target] = true;
    std::vector<AccountId> ranking;
    for (AccountId account = 0; account < received.size(); ++account) {
      if (received[account]) ranking.push_back(account);
    }
    std::ranges::sort(ranking, {}, [&](AccountId account) {
      return std::tuple(-run.cards[run.log.people.person_of[account]].raw, account);
    });
    return ranking;
  }

  const ScoreRun& run_;
  std::vector<AccountId> ranking_;
  double observed_verified_share_;
};

}  // namespace renown::score
