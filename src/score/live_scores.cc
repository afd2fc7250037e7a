#include "score/live_scores.h"

#include <algorithm>
#include <bit>
#include <string>
#include <utility>

#include "aggregate/acts.h"
#include "aggregate/rules.h"
#include "base/time.h"
#include "score/interval.h"
#include "score/standing.h"

namespace renown::score {
namespace {

using aggregate::AccountId;
using aggregate::Event;
using aggregate::kNoAccount;
using aggregate::PairSpan;

/// Both directions of a pair of accounts have one key.
std::uint64_t pair_key(AccountId a, AccountId b) {
  return (std::uint64_t{std::min(a, b)} << 32) | std::max(a, b);
}
std::uint64_t key_of(const Event& row) {
  return pair_key(row.actor, row.target);
}

std::int64_t seconds_of(double days) {
  return static_cast<std::int64_t>(days * static_cast<double>(base::kSecondsPerDay));
}

}  // namespace

LiveScores::LiveScores(aggregate::EventTable events, const Lists& lists, const ScoreModel& model, std::int64_t as_of,
                       std::size_t threads)
    : model_(model),
      lists_(lists),
      as_of_(as_of),
      provoked_seconds_(seconds_of(model.provoked_days)),
      maker_(model, lists.verified != nullptr),
      weigh_(model, as_of),
      table_(std::move(events)) {
  const ScoreRun run =
      score_acts(aggregate::derive_acts(table_, *lists.people, as_of, provoked_seconds_), lists, model, as_of, threads);
  list_verified_names();
  for (AccountId account = 0; account < table_.accounts().size(); ++account) add_account(account);
  index_rows();
  take_run(run);
}

void LiveScores::list_verified_names() {
  if (!lists_.verified) return;
  for (const Account& account : *lists_.verified) {
    if (const auto person = lists_.people->find(account); person != lists_.people->end())
      verified_names_.insert(person->second);
  }
}

/// Gives an account its person, a new one if none of theirs was met.
LiveScores::PersonNumber LiveScores::add_account(AccountId id) {
  const aggregate::AccountName name = table_.accounts()[id];
  const Account account{std::string(name.network), std::string(name.account)};
  const auto linked = lists_.people->find(account);
  const bool is_linked = linked != lists_.people->end();
  const auto next = static_cast<PersonNumber>(persons_.size());
  const PersonNumber number = is_linked ? person_by_name_.try_emplace(linked->second, next).first->second : next;
  if (number == next) {
    persons_.emplace_back();
    persons_.back().group = static_cast<std::uint8_t>(is_linked ? group_of_person(linked->second)
                                                                : group_of_account(name.network, name.account));
  }
  Person& person = persons_[number];
  person.verified = person.verified || (lists_.verified && (lists_.verified->contains(account) ||
                                                            (is_linked && verified_names_.contains(linked->second))));
  const auto by_name = [&](AccountId a, AccountId b) { return table_.accounts().key(a) < table_.accounts().key(b); };
  person.accounts.insert(std::ranges::upper_bound(person.accounts, id, by_name), id);
  person_of_.push_back(number);
  return number;
}

Result<AccountId> LiveScores::account_of(std::string_view network, std::string_view account) {
  const AccountId known = table_.accounts().find(network, account);
  if (known != kNoAccount) return known;
  const auto linked = lists_.people->find(Account{std::string(network), std::string(account)});
  if (linked != lists_.people->end()) {
    const auto person = person_by_name_.find(linked->second);
    if (person != person_by_name_.end()) {
      const aggregate::AccountName first = table_.accounts()[persons_[person->second].accounts.front()];
      if (std::pair(network, account) < std::pair(first.network, first.account))
        return bad_input("the row brings the first account of a linked person: it takes a run to number people anew");
    }
  }
  const AccountId id = table_.intern_account(network, account);
  add_account(id);
  return id;
}

void LiveScores::remember_id(const Event& row) {
  if (row.id != 0 && row.target != kNoAccount)
    targets_of_id_[(std::uint64_t{row.actor} << 32) | row.id].push_back(row.target);
}

/// Rows by pair of accounts, undos by actor; what has no weight and provokes nothing is let go.
void LiveScores::index_rows() {
  aggregate::EventList& rows = table_.events();
  std::erase_if(rows, [&](const Event& row) {
    if (row.kind == Kind::undo && row.time < as_of_) undos_[row.actor].push_back(row);
    return row.time >= as_of_ || !is_engagement(row.kind);
  });
  std::ranges::sort(rows, {}, key_of);
  for (const Event& row : rows) remember_id(row);
}

void LiveScores::take_run(const ScoreRun& run) {
  const auto number_of = [&](PersonId person) {
    const aggregate::AccountName name = run.log.accounts[run.log.people.first_account[person]];
    return person_of_[table_.accounts().find(name.network, name.account)];
  };
  for (PersonId target = 0; target < run.log.people.size(); ++target) {
    Person& person = persons_[number_of(target)];
    for (const aggregate::Pair& pair : run.tally.of_target(target)) {
      const PersonNumber engager = number_of(pair.engager);
      person.engagers.push_back({.engagement = run.engagement[run.pair_index(pair)],
                                 .share_engagement = weigh_(pair.shares),
                                 .standing = 1.0,
                                 .group = persons_[engager].group,
                                 .verified = persons_[engager].verified});
      person.engagers_of.push_back({.person = engager,
                                    .standing_of = 0,
                                    .acts = pair.acts_end - pair.acts_begin,
                                    .inside_window = weigh_.inside_window(pair.all)});
    }
  }
  for (PersonNumber person = 0; person < persons_.size(); ++person) update_vouched(person);
}

Result<void> LiveScores::add(const Interaction& row) {
  if (row.time >= as_of_) return {};
  const auto actor = account_of(row.network, row.actor);
  if (!actor) return actor.error();
  if (!row.target.empty()) {
    if (const auto target = account_of(row.network, row.target); !target) return target.error();
  }
  table_.add(row);
  const Event event = table_.events().back();
  table_.events().pop_back();
  std::vector<AccountId> targets = {event.target};
  if (event.kind == Kind::undo) {
    undos_[event.actor].push_back(event);
    if (event.id != 0) targets = targets_of_id_[(std::uint64_t{event.actor} << 32) | event.id];
  } else if (is_engagement(event.kind) && event.target != kNoAccount) {
    new_rows_[key_of(event)].push_back(event);
    remember_id(event);
  } else {
    return {};
  }
  for (const AccountId target : targets) {
    if (target == kNoAccount || person_of_[target] == person_of_[event.actor]) continue;
    update_pair(person_of_[event.actor], person_of_[target]);
    update_pair(person_of_[target], person_of_[event.actor]);  // whom these words provoked
  }
  return {};
}

aggregate::EventList LiveScores::rows_between(AccountId a, AccountId b) const {
  const auto old_rows = std::ranges::equal_range(table_.events(), pair_key(a, b), {}, key_of);
  aggregate::EventList rows(old_rows.begin(), old_rows.end());
  if (const auto fresh = new_rows_.find(pair_key(a, b)); fresh != new_rows_.end())
    rows.insert(rows.end(), fresh->second.begin(), fresh->second.end());
  for (const AccountId actor : {a, b}) {
    if (const auto undos = undos_.find(actor); undos != undos_.end())
      rows.insert(rows.end(), undos->second.begin(), undos->second.end());
  }
  return rows;
}

/// The rules of a pair of accounts need its rows and the undos of both, and no others.
void LiveScores::append_acts(AccountId actor, AccountId target, aggregate::EventList& acts) const {
  const aggregate::AccountName name = table_.accounts()[actor];
  if (name.network != table_.accounts()[target].network) return;
  if (lists_.farm && lists_.farm->contains(Account{std::string(name.network), std::string(name.account)})) return;
  aggregate::EventList rows = rows_between(actor, target);
  std::vector<aggregate::WithdrawnWords> words;
  aggregate::drop_withdrawn(rows, [&](const Event& row) {
    if (const auto said = aggregate::withdrawn_words(row)) words.push_back(*said);
  });
  aggregate::drop_weightless(rows);
  aggregate::merge_twins(rows, table_.texts());
  aggregate::drop_provoked(rows, std::move(words), provoked_seconds_);
  std::ranges::copy_if(rows, std::back_inserter(acts), [&](const Event& act) { return act.actor == actor; });
}

void LiveScores::update_pair(PersonNumber engager, PersonNumber target) {
  aggregate::EventList acts;
  for (const AccountId actor : persons_[engager].accounts) {
    for (const AccountId account : persons_[target].accounts) append_acts(actor, account, acts);
  }
  PairSpan all;
  PairSpan shares;
  for (const Event& act : acts) {
    const double weight = weight_of(act);
    all.add(act.time, weight);
    if (act.kind == Kind::repost || act.kind == Kind::quote) shares.add(act.time, weight);
  }
  put_engager(persons_[target], engager, all, shares, acts.size());
  update_vouched(target);
}

double LiveScores::weight_of(const Event& act) const {
  if (as_of_ - act.time >= window_seconds(model_)) return 0.0;
  const auto network = model_.network_weight.find(std::string(table_.accounts()[act.actor].network));
  const double of_network = network == model_.network_weight.end() ? 1.0 : network->second;
  return of_network * model_.kind_weight[static_cast<std::size_t>(act.kind)];
}

void LiveScores::put_engager(Person& target, PersonNumber engager, const PairSpan& all, const PairSpan& shares,
                             std::uint64_t acts) {
  const std::size_t place = place_of(target, engager);
  const auto at = static_cast<std::ptrdiff_t>(place);
  const bool is_there = place < target.engagers_of.size() && target.engagers_of[place].person == engager;
  if (acts == 0) {
    if (is_there) target.engagers.erase(target.engagers.begin() + at);
    if (is_there) target.engagers_of.erase(target.engagers_of.begin() + at);
    return;
  }
  if (!is_there) target.engagers.insert(target.engagers.begin() + at, Engager{});
  if (!is_there) target.engagers_of.insert(target.engagers_of.begin() + at, EngagerOf{});
  target.engagers[place] = {.engagement = weigh_(all),
                            .share_engagement = weigh_(shares),
                            .standing = 1.0,
                            .group = persons_[engager].group,
                            .verified = persons_[engager].verified};
  target.engagers_of[place] = {
      .person = engager, .standing_of = 0, .acts = acts, .inside_window = weigh_.inside_window(all)};
}

/// A gift between verified people changes the V of who gets it, so that whatever a standing is made of changes with the
/// version.
void LiveScores::update_vouched(PersonNumber number) {
  Person& person = persons_[number];
  if (!lists_.verified || !person.verified) return;
  std::vector<Engager> first_round = person.engagers;
  for (Engager& engager : first_round) engager.standing = 1.0;
  const double vouched = maker_.engaged(first_round).vouched;
  if (std::bit_cast<std::uint64_t>(vouched) == std::bit_cast<std::uint64_t>(person.vouched)) return;
  person.vouched = vouched;
  ++person.version;
}

std::size_t LiveScores::place_of(const Person& target, PersonNumber engager) const {
  const auto place = std::ranges::lower_bound(
      target.engagers_of, engager, [this](PersonNumber a, PersonNumber b) { return comes_before(a, b); },
      &EngagerOf::person);
  return static_cast<std::size_t>(place - target.engagers_of.begin());
}

bool LiveScores::comes_before(PersonNumber a, PersonNumber b) const {
  const auto& accounts = table_.accounts();
  return accounts.key(persons_[a].accounts.front()) < accounts.key(persons_[b].accounts.front());
}

/// m of the verified engagers whose V, or what the target gave them, has changed since.
void LiveScores::refresh_standing(PersonNumber number) {
  Person& target = persons_[number];
  for (std::size_t i = 0; i < target.engagers.size(); ++i) {
    if (!target.engagers[i].verified) continue;
    const Person& engager = persons_[target.engagers_of[i].person];
    if (target.engagers_of[i].standing_of == engager.version) continue;
    double gift = 0.0;
    if (target.verified) {
      const std::size_t place = place_of(engager, number);
      const bool gave = place < engager.engagers_of.size() && engager.engagers_of[place].person == number;
      if (gave) gift = engager.engagers[place].engagement;
    }
    target.engagers[i].standing = standing_factor(model_, maker_.scale(), engager.vouched, gift);
    target.engagers_of[i].standing_of = engager.version;
  }
}

/// An account that no row has named yet may still be somebody's.
std::optional<LiveScores::PersonNumber> LiveScores::find_person(std::string_view network,
                                                                std::string_view account) const {
  const AccountId id = table_.accounts().find(network, account);
  if (id != kNoAccount) return person_of_[id];
  const auto linked = lists_.people->find(Account{std::string(network), std::string(account)});
  if (linked == lists_.people->end()) return std::nullopt;
  const auto person = person_by_name_.find(linked->second);
  if (person == person_by_name_.end()) return std::nullopt;
  return person->second;
}

ScoreCard LiveScores::card(std::string_view network, std::string_view account) {
  const auto found = find_person(network, account);
  if (!found) return {};
  const PersonNumber number = *found;
  const Person& person = persons_[number];
  if (person.engagers.empty()) return {};
  if (lists_.verified) refresh_standing(number);
  std::uint64_t interactions = 0;
  std::uint32_t reach = 0;
  for (const EngagerOf& engager : person.engagers_of) {
    interactions += engager.acts;
    reach += engager.inside_window ? 1 : 0;
  }
  return maker_.card(maker_.numbers(person.engagers, interactions, reach));
}

}  // namespace renown::score
