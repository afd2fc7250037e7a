#include "instance/findings.h"

#include <algorithm>
#include <utility>

#include "score/explain.h"

namespace renown::instance {
namespace {

Account account_of(const score::ScoreRun& run, score::AccountId id) {
  const aggregate::AccountName name = run.log.accounts[id];
  return {std::string(name.network), std::string(name.account)};
}

bool has_somebody_here(const Findings& findings, const Finding& finding, const Directory& directory) {
  return std::ranges::any_of(findings.farm(finding).accounts, [&](const score::FarmAccount& each) {
    return directory.owner(account_of(findings.run(), each.account)) != nullptr;
  });
}

/// Of everybody here the card in another run of the same log, where it is not the one they have.
CardsIfPardoned cards_that_differ(const Reasons& reasons, const score::ScoreRun& pardoned, const Directory& directory) {
  CardsIfPardoned cards;
  for (const people::Person& person : directory.people()) {
    const auto number = reasons.number_of(person);  // both runs are of the same rows and people: so are the numbers
    if (!number) continue;
    const ScoreCard& card = pardoned.cards[*number];
    if (card.raw != reasons.run().cards[*number].raw) cards.emplace(person.id, card);
  }
  return cards;
}

}  // namespace

Findings::Findings(std::shared_ptr<const Reasons> reasons, const std::vector<KnownFinding>& found,
                   std::vector<KnownFinding> gone)
    : reasons_(std::move(reasons)), gone_(std::move(gone)) {
  for (std::size_t i = 0; i < found.size(); ++i) {
    found_.push_back({found[i], i});
    for (const score::FarmAccount& each : run().farms[i].accounts) {
      std::vector<std::size_t>& places = by_person_[each.person];
      if (places.empty() || places.back() != i) places.push_back(i);
    }
  }
}

const Finding* Findings::find(FindingId id) const {
  const auto place = std::ranges::find_if(found_, [&](const Finding& each) { return each.known.id == id; });
  return place == found_.end() ? nullptr : &*place;
}

const KnownFinding* Findings::known(FindingId id) const {
  if (const Finding* finding = find(id)) return &finding->known;
  const auto place = std::ranges::find(gone_, id, &KnownFinding::id);
  return place == gone_.end() ? nullptr : &*place;
}

std::vector<const Finding*> Findings::with(const people::Person& person) const {
  std::vector<std::size_t> places;
  for (const people::LinkedAccount& linked : person.accounts) {
    const auto number = score::find_person(run(), linked.account);
    if (!number) continue;
    const auto theirs = by_person_.find(*number);
    if (theirs != by_person_.end()) places.insert(places.end(), theirs->second.begin(), theirs->second.end());
  }
  std::ranges::sort(places);
  const auto repeated = std::ranges::unique(places);
  places.erase(repeated.begin(), repeated.end());
  std::vector<const Finding*> all;
  for (const std::size_t place : places) all.push_back(&found_[place]);
  return all;
}

AccountSet Findings::accounts(const Finding& finding) const {
  AccountSet all;
  for (const score::FarmAccount& each : farm(finding).accounts) all.insert(account_of(run(), each.account));
  return all;
}

AccountSet Findings::accounts_of(const Finding& finding, const people::Person& person) const {
  AccountSet theirs;
  const AccountSet all = accounts(finding);
  for (const people::LinkedAccount& linked : person.accounts) {
    if (all.contains(linked.account)) theirs.insert(linked.account);
  }
  return theirs;
}

const CardsIfPardoned* Findings::if_pardoned(FindingId id) const {
  const auto cards = costs_.find(id);
  return cards == costs_.end() ? nullptr : &cards->second;
}

Findings Findings::with_costs(std::map<FindingId, CardsIfPardoned> costs) const {
  Findings weighed = *this;
  weighed.costs_ = std::move(costs);
  return weighed;
}

Result<std::map<FindingId, CardsIfPardoned>> weigh_findings(const Findings& findings, const Directory& directory,
                                                            const pipeline::ScoreRequest& request,
                                                            pipeline::Progress& progress) {
  std::vector<const Finding*> to_weigh;
  for (const Finding& finding : findings.found()) {
    if (to_weigh.size() < kMostWeighed && has_somebody_here(findings, finding, directory)) to_weigh.push_back(&finding);
  }
  std::map<FindingId, CardsIfPardoned> costs;
  if (to_weigh.empty()) return costs;
  const auto log = pipeline::load_log(request, progress);
  if (!log) return log.error();
  for (const Finding* finding : to_weigh) {
    progress.update("weighing findings", costs.size(), to_weigh.size(), "findings");
    if (progress.cancelled()) return Error{ErrorCode::cancelled, "stopped"};
    pipeline::LoadedLists lists = findings.reasons().lists();
    lists.pardoned.merge(findings.accounts(*finding));
    const score::ScoreRun pardoned =
        pipeline::score_events(log->events, lists, log->model, log->as_of, request.threads);
    costs.emplace(finding->known.id, cards_that_differ(findings.reasons(), pardoned, directory));
  }
  return costs;
}

}  // namespace renown::instance
