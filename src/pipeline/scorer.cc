#include "renown/scorer.h"

#include <limits>
#include <utility>

#include "renown/version.h"

#include "base/time.h"
#include "base/version.h"
#include "pipeline/score_log.h"
#include "score/ledger.h"
#include "score/run_view.h"

namespace renown {
namespace {

Account account_of(const score::ScoreRun& run, score::AccountId id) {
  const aggregate::AccountName name = run.log.accounts[id];
  return {std::string(name.network), std::string(name.account)};
}

FarmMember farm_member(const score::ScoreRun& run, std::size_t number, const score::FarmAccount& member) {
  const score::Farm& farm = run.farms[number];
  return {.farm = number + 1,
          .account = account_of(run, member.account),
          .person = std::string(run.log.people.name[member.person]),
          .targets = member.targets,
          .share = member.share,
          .lockstep = member.lockstep,
          .engagers = farm.engagers,
          .farm_targets = farm.targets,
          .density = farm.density,
          .reference_density = farm.reference_density,
          .first = member.first,
          .latest = member.latest};
}

Result<void> check(const Interaction& row) {
  if (row.network.empty()) return bad_input("network is empty");
  if (row.actor.empty()) return bad_input("actor is empty");
  if (row.target.empty() && is_engagement(row.kind)) return bad_input("target is empty");
  if (row.kind == Kind::undo && row.target.empty() && row.id.empty())
    return bad_input("an undo needs an id or a target");
  for (const std::string_view text : {row.network, row.actor, row.target, row.post, row.id, row.tags}) {
    if (text.find('\0') != std::string_view::npos) return bad_input("a text holds a NUL byte");
  }
  const auto time = base::check_unix_seconds(row.time);
  if (!time) return time.error();
  return {};
}

/// A view that was never set has no address, which memcpy and its like do not take, even for no bytes.
Interaction with_addresses(Interaction row) {
  for (std::string_view* text : {&row.network, &row.actor, &row.target, &row.post, &row.id, &row.tags}) {
    if (text->data() == nullptr) *text = "";
  }
  return row;
}

}  // namespace

std::string_view version() {
  return base::version();
}

struct Scorer::State {
  ScoreModel model;
  aggregate::EventTable events;
  pipeline::LoadedLists lists;
};

Scorer::Scorer(std::unique_ptr<State> state) : state_(std::move(state)) {}
Scorer::Scorer(Scorer&&) noexcept = default;
Scorer& Scorer::operator=(Scorer&&) noexcept = default;
Scorer::~Scorer() = default;

Result<Scorer> Scorer::create(const std::string& model) {
  pipeline::ScoreRequest request;
  request.model = model;
  auto loaded = pipeline::load_model(request);
  if (!loaded) return loaded.error();
  auto state = std::make_unique<State>();
  state->model = std::move(*loaded);
  return Scorer(std::move(state));
}

const ScoreModel& Scorer::model() const {
  return state_->model;
}

Result<void> Scorer::add(const Interaction& interaction) {
  if (auto valid = check(interaction); !valid) return valid;
  state_->events.add(with_addresses(interaction));
  return {};
}

Result<LogCounts> Scorer::add_log(const std::string& path) {
  pipeline::NoProgress progress;
  const auto read = pipeline::read_logs(
      {.paths = {path}, .format = pipeline::LogFormat::automatic, .strict = false},
      [&](const model::InteractionBlock& block) -> Result<void> {
        state_->events.add(block);
        return {};
      },
      progress);
  if (!read) return read.error();
  const auto total = read->total();
  return LogCounts{total.records, total.interactions, total.bad};
}

void Scorer::set_people(PeopleMap people) {
  state_->lists.people = std::move(people);
}
void Scorer::set_verified(AccountSet verified) {
  state_->lists.verified = std::move(verified);
}

void Scorer::set_pardoned(AccountSet pardoned) {
  state_->lists.pardoned = std::move(pardoned);
}
void Scorer::set_farm(AccountSet farm) {
  state_->lists.farm = std::move(farm);
}

Result<Scores> Scorer::score(std::optional<std::int64_t> as_of, std::size_t threads) const {
  if (!as_of) as_of = aggregate::default_as_of(state_->events, std::numeric_limits<std::int64_t>::max());
  if (!as_of) return Error{ErrorCode::not_enough_data, "there is no interaction to score"};
  const score::ScoreRun run = pipeline::score_events(state_->events, state_->lists, state_->model, *as_of, threads);

  Scores scores{.model = run.model.name,
                .as_of = run.as_of,
                .is_protected = run.is_protected,
                .rows = {},
                .ledger = {},
                .farms = {}};
  const score::RunView view(run);
  for (const score::AccountId account : view.ranking()) {
    const score::PersonId person = run.log.people.person_of[account];
    scores.rows.push_back({account_of(run, account), std::string(run.log.people.name[person]), run.cards[person]});
  }
  for (const score::LedgerLine& line : score::whole_ledger(run)) {
    scores.ledger.push_back({.account = account_of(run, line.account),
                             .actor = account_of(run, line.actor),
                             .post = std::string(run.log.texts[line.post]),
                             .tags = std::string(run.log.texts[line.tags]),
                             .kind = line.kind,
                             .time = line.time,
                             .verified = line.verified,
                             .contribution = line.contribution,
                             .vouched_contribution = line.vouched_contribution});
  }
  for (std::size_t farm = 0; farm < run.farms.size(); ++farm) {
    for (const score::FarmAccount& member : run.farms[farm].accounts)
      scores.farms.push_back(farm_member(run, farm, member));
  }
  return scores;
}

}  // namespace renown
