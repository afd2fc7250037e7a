#include "twin/kept_acts.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace renown::twin {
namespace {

using Rows = std::vector<Row>;

/// `as_of`: rows at or after it are left out and counted as future.
Rows without_future(const Rows& rows, const World& world, Dropped& dropped) {
  Rows result;
  for (const Row& row : rows) {
    if (row.time < world.as_of) {
      result.push_back(row);
    } else {
      ++dropped.future;
    }
  }
  return result;
}

/// An undo withdraws the earlier rows of the same network and actor with that `id`, or with an empty `id` all rows of
/// the same network, actor, target and post with a time before its own; at equal seconds the undo loses.
/// An undo is itself never withdrawn.
bool withdraws(const Row& undo, const Row& row) {
  if (undo.kind != Kind::undo || row.kind == Kind::undo) return false;
  if (row.time >= undo.time) return false;
  if (row.network != undo.network || row.actor != undo.actor) return false;
  if (!undo.id.empty()) return row.id == undo.id;
  return row.target == undo.target && row.post == undo.post;
}

/// `undo` is applied to rows, before twins are merged; a later row stands again; the order of rows is irrelevant.
Rows without_withdrawn(const Rows& rows, Rows& withdrawn, Dropped& dropped) {
  Rows undos;
  for (const Row& row : rows) {
    if (row.kind == Kind::undo) undos.push_back(row);
  }
  Rows result;
  for (const Row& row : rows) {
    if (std::any_of(undos.begin(), undos.end(), [&](const Row& undo) { return withdraws(undo, row); })) {
      withdrawn.push_back(row);
      ++dropped.withdrawn;
    } else {
      result.push_back(row);
    }
  }
  return result;
}

/// `follow` and `post` rows have weight 0 (and an undo has done its work).
Rows without_weight_0(const Rows& rows, Dropped& dropped) {
  Rows result;
  for (const Row& row : rows) {
    if (is_engagement(row.kind)) {
      result.push_back(row);
    } else {
      ++dropped.weight_0;
    }
  }
  return result;
}

/// The kinds that can provoke a reply and be one: replies, comments, mentions and quotes.
bool is_talk(Kind kind) {
  return kind == Kind::reply || kind == Kind::comment || kind == Kind::mention || kind == Kind::quote;
}

/// An act: the row that stands, and what its twins were.
struct Act {
  Row row;
  bool some_talk = false;   ///< one of its rows is a reply, comment, mention or quote
  bool some_other = false;  ///< one of its rows is of another kind
};
using Acts = std::vector<Act>;

/// Among the rows of one act stands the one that is first by kind order, then post, id and tags in byte order.
bool stands_before(const Row& a, const Row& b) {
  return std::tie(a.kind, a.post, a.id, a.tags) < std::tie(b.kind, b.post, b.id, b.tags);
}

/// Engagement between accounts of one person is worth 0; so is engagement with oneself.
Rows without_own(const Rows& rows, const World& world, Dropped& dropped) {
  Rows result;
  for (const Row& row : rows) {
    if (person_of(world, row.actor_account()) == person_of(world, row.target_account())) {
      ++dropped.own;
    } else {
      result.push_back(row);
    }
  }
  return result;
}

/// Twins: same (network, actor, target, second) is one act.
Acts without_twins(const Rows& rows, Dropped& dropped) {
  std::map<std::tuple<std::string, std::string, std::string, std::int64_t>, Rows> twins;
  for (const Row& row : rows) twins[{row.network, row.actor, row.target, row.time}].push_back(row);
  Acts result;
  for (const auto& [key, same] : twins) {
    Act act{.row = *std::min_element(same.begin(), same.end(), stands_before)};
    act.some_talk = std::any_of(same.begin(), same.end(), [](const Row& row) { return is_talk(row.kind); });
    act.some_other = std::any_of(same.begin(), same.end(), [](const Row& row) { return !is_talk(row.kind); });
    result.push_back(act);
    dropped.merged += same.size() - 1;
  }
  return result;
}

/// An act is provoked if it is nothing but talk and comes within 7 days after the target talked to the actor. Of twins
/// each counts: one that is no talk saves the act, one that is talk provokes; else P1 and P5 would break where a like
/// and a reply fall into one second.
/// Words that were taken back still provoke: else who lives on replies would delete what asked for them.
bool is_provoked(const Act& act, const Acts& acts_back, const Rows& withdrawn, const Constants& constants) {
  if (act.some_other) return false;
  const double reach_back_seconds = constants.provoked_days * static_cast<double>(kSecondsPerDay);
  for (const Act& back : acts_back) {
    const auto seconds_since = static_cast<double>(act.row.time - back.row.time);
    if (back.some_talk && seconds_since >= 0 && seconds_since <= reach_back_seconds) return true;
  }
  for (const Row& back : withdrawn) {
    if (back.actor_account() != act.row.target_account() || back.target_account() != act.row.actor_account()) continue;
    const auto seconds_since = static_cast<double>(act.row.time - back.time);
    if (is_talk(back.kind) && seconds_since >= 0 && seconds_since <= reach_back_seconds) return true;
  }
  return false;
}

/// Provoked replies: between two *accounts* of one network (before persons are joined), the acts of i on j have weight
/// 0 as long as each is provoked; the first act of i on j in the whole log that is not ends this, and everything from
/// it on counts.
Rows without_provoked(const Acts& all, const Rows& withdrawn, const World& world, Dropped& dropped) {
  std::map<std::pair<Account, Account>, Acts> acts_of;
  for (const Act& act : all) acts_of[{act.row.actor_account(), act.row.target_account()}].push_back(act);
  for (auto& [pair, acts] : acts_of) {
    std::sort(acts.begin(), acts.end(), [](const Act& a, const Act& b) { return before_in_time(a.row, b.row); });
  }

  Rows result;
  for (const auto& [pair, acts] : acts_of) {
    const auto& [actor, target] = pair;
    const auto back = acts_of.find({target, actor});
    const Acts acts_back = back == acts_of.end() ? Acts{} : back->second;
    bool all_provoked_so_far = true;
    for (const Act& act : acts) {
      if (all_provoked_so_far && is_provoked(act, acts_back, withdrawn, world.constants)) {
        ++dropped.provoked;
      } else {
        all_provoked_so_far = false;
        result.push_back(act.row);
      }
    }
  }
  return result;
}

/// Farms: unverified engagers in lockstep get weight 0 in the run that finds them.
Rows without_farm(const Rows& rows, const World& world, Dropped& dropped) {
  Rows result;
  for (const Row& row : rows) {
    if (world.farm.contains(row.actor_account())) {
      ++dropped.farm;
    } else {
      result.push_back(row);
    }
  }
  return result;
}

}  // namespace

Person person_of(const World& world, const Account& account) {
  const auto linked = world.people.find(account);
  if (linked != world.people.end()) return {.name = linked->second, .account = {}};
  return {.name = {}, .account = account};
}

bool before_in_time(const Row& a, const Row& b) {
  return std::tie(a.time, a.kind, a.network, a.post, a.id, a.actor, a.target, a.tags) <
         std::tie(b.time, b.kind, b.network, b.post, b.id, b.actor, b.target, b.tags);
}

KeptActs kept_acts(const World& world) {
  KeptActs result;
  result.acts = without_future(world.rows, world, result.dropped);
  Rows withdrawn;
  result.acts = without_withdrawn(result.acts, withdrawn, result.dropped);
  result.acts = without_weight_0(result.acts, result.dropped);
  result.acts = without_own(result.acts, world, result.dropped);
  result.acts = without_provoked(without_twins(result.acts, result.dropped), withdrawn, world, result.dropped);
  result.acts = without_farm(result.acts, world, result.dropped);
  std::sort(result.acts.begin(), result.acts.end(), before_in_time);
  return result;
}

}  // namespace renown::twin
