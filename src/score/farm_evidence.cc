#include "score/farm_evidence.h"

#include <algorithm>
#include <tuple>
#include <unordered_map>
#include <utility>

namespace renown::score {
namespace {

using aggregate::PersonId;

/// What each person of a block did in its slots, and in all.
class Evidence {
 public:
  Evidence(std::span<const Hit> hits, const PersonRecords& records) : hits_(hits), records_(records) {}

  Farm describe(const LockstepBlock& block, const LockstepRule& rule) {
    Farm farm{.accounts = {},
              .engagers = static_cast<std::uint32_t>(block.engagers.size()),
              .targets = block.targets,
              .density = block.density,
              .reference_density = rule.reference_density};
    of_.clear();
    for (const PersonId person : block.engagers) of_[person] = {};
    for (const BlockSlot& slot : block.slots) add_slot(slot, rule);
    for (const PersonId person : block.engagers) {
      FarmAccount entry = of_[person].entry;
      entry.person = person;
      entry.share = static_cast<double>(entry.lockstep) / static_cast<double>(records_.acts_in_window(person));
      for (const aggregate::AccountId account : records_.acting_accounts(person)) {
        entry.account = account;
        farm.accounts.push_back(entry);
      }
    }
    std::ranges::sort(farm.accounts, {}, &FarmAccount::account);
    return farm;
  }

 private:
  struct OfPerson {
    FarmAccount entry;  ///< without account and person
    std::uint64_t last_target_plus_one = 0;
  };

  void add_slot(const BlockSlot& slot, const LockstepRule& rule) {
    auto hit = std::ranges::lower_bound(hits_, std::tuple(slot.target, slot.begin), {},
                                        [](const Hit& h) { return std::tuple(h.target, h.time()); });
    for (; hit != hits_.end() && hit->target == slot.target && hit->time() - slot.begin < rule.slot_seconds; ++hit) {
      const auto found = of_.find(hit->engager);
      if (found == of_.end()) continue;  // a bystander
      FarmAccount& entry = found->second.entry;
      if (entry.lockstep == 0 || hit->time() < entry.first) entry.first = hit->time();
      entry.latest = std::max(entry.latest, hit->time());
      ++entry.lockstep;
      const std::uint64_t target_plus_one = std::uint64_t{slot.target} + 1;
      if (std::exchange(found->second.last_target_plus_one, target_plus_one) != target_plus_one) ++entry.targets;
    }
  }

  std::span<const Hit> hits_;
  const PersonRecords& records_;
  std::unordered_map<PersonId, OfPerson> of_;
};

}  // namespace

std::array<LockstepRule, 2> lockstep_rules(const ScoreModel& model) {
  LockstepRule minutes{.slot_seconds = static_cast<std::int64_t>(model.farm_slot_seconds),
                       .sitting_seconds = static_cast<std::int64_t>(model.farm_sitting_seconds),
                       .reference_density = model.farm_reference_density,
                       .margin = model.farm_margin,
                       .evidence = model.farm_evidence,
                       .block_share = 0.0,
                       .account_share = model.farm_account_share,
                       .account_targets = static_cast<std::uint32_t>(model.farm_account_targets),
                       .block_targets = static_cast<std::uint32_t>(model.farm_targets),
                       .slot_engagers = static_cast<std::uint32_t>(model.farm_slot_engagers)};
  LockstepRule hour = minutes;
  hour.slot_seconds = static_cast<std::int64_t>(model.farm_wide_slot_seconds);
  hour.sitting_seconds = static_cast<std::int64_t>(model.farm_wide_sitting_seconds);
  hour.reference_density = model.farm_wide_reference_density;
  hour.margin = model.farm_wide_margin;
  hour.evidence = model.farm_wide_evidence;
  hour.block_share = model.farm_wide_block_share;
  return {minutes, hour};
}

std::vector<Farm> describe_farms(std::span<const LockstepBlock> blocks, HitSource& hits, std::uint32_t targets,
                                 std::span<const LockstepRule> rules, const PersonRecords& records) {
  std::vector<Farm> farms;
  if (blocks.empty()) return farms;
  std::vector<bool> served(targets);
  for (const LockstepBlock& block : blocks) {
    for (const BlockSlot& slot : block.slots) served[slot.target] = true;
  }
  const std::vector<Hit> on_served = gather_hits(hits, [&](std::uint32_t target) { return bool{served[target]}; });
  Evidence evidence(on_served, records);
  for (const LockstepBlock& block : blocks) farms.push_back(evidence.describe(block, rules[block.rule]));
  return farms;
}

}  // namespace renown::score
