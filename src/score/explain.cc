#include "score/explain.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "base/pairwise_sum.h"
#include "base/text.h"
#include "base/time.h"
#include "score/engagement.h"
#include "score/points.h"

namespace renown::score {
namespace {

/// Sums contributions by label.
class RollUp {
 public:
  void add(std::string_view label, double contribution) {
    Part& part = parts_[std::string(label)];
    part.contribution += contribution;
    ++part.engagers;
  }
  std::vector<Part> by_label() const {
    std::vector<Part> parts;
    for (const auto& [label, part] : parts_) parts.push_back({label, part.contribution, part.engagers});
    return parts;
  }
  std::vector<Part> largest_first() const {
    std::vector<Part> parts = by_label();
    std::ranges::stable_sort(parts, std::ranges::greater{}, &Part::contribution);
    return parts;
  }

 private:
  std::map<std::string, Part> parts_;
};

void add_roll_ups(const ScoreRun& run, const std::vector<LedgerLine>& lines, Explanation& why) {
  RollUp posts, networks, kinds, tags, days;
  for (const LedgerLine& line : lines) {
    posts.add(run.log.texts[line.post], line.contribution);
    networks.add(run.log.accounts[line.account].network, line.contribution);
    kinds.add(kind_name(line.kind), line.contribution);
    days.add(base::format_day(line.time), line.contribution);
    // An engager's contribution is split evenly over the tags of their act; "" stands for no tag.
    const auto act_tags = base::split_words(run.log.texts[line.tags]);
    if (act_tags.empty()) tags.add("", line.contribution);
    for (const std::string_view tag : act_tags) tags.add(tag, line.contribution / static_cast<double>(act_tags.size()));
  }
  why.posts = posts.largest_first();
  why.networks = networks.largest_first();
  why.kinds = kinds.largest_first();
  why.tags = tags.largest_first();
  why.days = days.by_label();
}

/// V, U and what they would be if every engager in the window were fresh.
void add_engaged(const ScoreRun& run, PersonId target, const Engagement& weigh, Explanation& why) {
  double fresh = 0.0;
  for (const aggregate::Pair& pair : run.tally.of_target(target)) {
    if (!weigh.inside_window(pair.all)) {
      ++why.forgotten_engagers;
      continue;
    }
    const std::size_t i = run.pair_index(pair);
    const bool verified = run.verified[pair.engager];
    ++(verified ? why.verified_engagers : why.unverified_engagers);
    (verified ? why.engaged.vouched : why.engaged.unvouched) += run.standing[i] * run.engagement[i];
    fresh += run.standing[i] * weigh.fresh(pair.all);
  }
  why.faded = std::max(0.0, fresh - why.engaged.vouched - why.engaged.unvouched);
}

void add_engagers(const ScoreRun& run, PersonId target, const std::vector<LedgerLine>& lines, const Vouching& vouching,
                  Explanation& why) {
  const Scale scale(run.model);
  for (const LedgerLine& line : lines) {
    EngagerReason reason{line, 0.0};
    if (why.card.score) {
      const std::size_t i = run.pair_index(*run.tally.find(line.engager, target));
      Engaged rest = why.engaged;
      double& part = line.verified ? rest.vouched : rest.unvouched;
      part = std::max(0.0, part - run.standing[i] * run.engagement[i]);
      reason.points_lost = *why.card.score - scale.points(vouching.raw(rest));
    }
    why.engagers.push_back(reason);
  }
  std::ranges::stable_sort(why.engagers, std::ranges::greater{},
                           [](const EngagerReason& reason) { return reason.line.contribution; });
}

}  // namespace

Explanation explain(const ScoreRun& run, PersonId target) {
  Explanation why;
  why.card = run.cards[target];
  why.person = run.log.people.name[target];
  for (AccountId account = 0; account < run.log.accounts.size(); ++account) {
    if (run.log.people.person_of[account] != target) continue;
    why.accounts.push_back(account);
    const aggregate::DroppedOf& dropped = run.log.dropped_of[account];
    why.dropped.withdrawn += dropped.withdrawn;
    why.dropped.own += dropped.own;
    why.dropped.provoked += dropped.provoked;
    why.dropped.farm += dropped.farm;
  }

  const Vouching vouching(run.model, run.is_protected);
  add_engaged(run, target, Engagement(run.model, run.as_of), why);
  why.unvouched_counted = why.engaged.unvouched * vouching.unvouched_factor(why.engaged);
  why.bounded = why.engaged.unvouched - why.unvouched_counted;
  if (run.is_protected) why.room = vouching.room(why.engaged.vouched);

  const std::vector<LedgerLine> lines = ledger_of(run, target);
  add_roll_ups(run, lines, why);
  add_engagers(run, target, lines, vouching, why);
  return why;
}

std::optional<PersonId> find_person(const ScoreRun& run, const Account& account) {
  const auto& accounts = run.log.accounts;
  AccountId low = 0;
  auto high = static_cast<AccountId>(accounts.size());
  while (low < high) {  // accounts are in byte order
    const AccountId middle = low + (high - low) / 2;
    const aggregate::AccountName name = accounts[middle];
    const int order =
        name.network != account.network ? name.network.compare(account.network) : name.account.compare(account.account);
    if (order == 0) return run.log.people.person_of[middle];
    if (order < 0) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return std::nullopt;
}

}  // namespace renown::score
