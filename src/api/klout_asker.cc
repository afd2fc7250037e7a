#include "api/klout_asker.h"

#include <charconv>
#include <utility>

#include "api/subject.h"

namespace renown::api {
namespace {

constexpr std::size_t kMostPeersAsked = 500;  // members whose consent is looked up for one list: 5 ms

/// The key's own word, where it is one of the list.
access::Purpose purpose_of(const access::ApiKey& key) {
  const auto purpose = access::parse_purpose(key.purpose);
  return purpose ? *purpose : access::Purpose::other;
}

instance::PersonId shown(const people::Person* person) {
  return person == nullptr || person->basis == people::ConsentBasis::none ? 0 : person->id;
}

}  // namespace

KloutAsker::KloutAsker(Context& context, const access::ApiKey& key)
    : context_(context), key_(key), purpose_(purpose_of(key)) {}

instance::PersonId KloutAsker::person_of_id(std::string_view id) const {
  instance::PersonId number = 0;
  const auto [end, failed] = std::from_chars(id.data(), id.data() + id.size(), number);
  if (failed != std::errc{} || end != id.data() + id.size()) return 0;
  const auto directory = context_.instance.directory();
  return shown(directory->find(number));
}

instance::PersonId KloutAsker::person_called(std::string_view network, std::string_view name) const {
  if (context_.klout_networks.short_name(network) == kKloutNetwork) return person_of_id(name);
  if (name.starts_with('@')) name.remove_prefix(1);
  const auto directory = context_.instance.directory();
  for (const std::string& ours : context_.klout_networks.ours(network)) {
    const people::Person* owner = directory->owner_in_any_case({ours, std::string(name)});
    if (owner != nullptr) return shown(owner);
  }
  return 0;
}

bool KloutAsker::is_own(instance::PersonId person) const {
  return person != 0 && person == key_.person && key_.scopes.has(access::Scope::score_read);
}

Result<Outcome> KloutAsker::outcome_of(instance::PersonId person) const {
  auto outcome = outcome_for(context_, key_, purpose_, person);
  if (!outcome) return outcome.error();
  if (is_own(person)) {
    outcome->outcome = access::LookupOutcome::score;  // as far as there is one
  } else if (!looks_up()) {
    outcome->outcome = access::LookupOutcome::unscored;
  }
  return outcome;
}

std::optional<KloutUser> KloutAsker::user_of(const Outcome& outcome) const {
  if (outcome.outcome != access::LookupOutcome::score) return std::nullopt;
  KloutUser user{.directory = context_.instance.directory(), .person = nullptr, .card = {}, .moves = {}};
  user.person = user.directory->find(outcome.person);
  const auto published = context_.instance.published();
  const ScoreCard* card = published->card(outcome.person);
  if (user.person == nullptr || card == nullptr || !card->score) return std::nullopt;
  user.card = *card;
  user.moves = published->moves(outcome.person);
  return user;
}

Result<std::vector<std::optional<KloutUser>>> KloutAsker::users(std::span<const instance::PersonId> people) const {
  std::vector<Outcome> outcomes;
  std::vector<std::optional<KloutUser>> users;
  for (const instance::PersonId person : people) {
    const auto outcome = outcome_of(person);
    if (!outcome) return outcome.error();
    outcomes.push_back(*outcome);
    users.push_back(user_of(*outcome));
    if (!users.back()) outcomes.back().outcome = access::LookupOutcome::unscored;
  }
  if (looks_up()) {
    if (auto noted = note_lookups(context_, key_, purpose_, outcomes); !noted) return noted.error();
  }
  return users;
}

Result<KloutUser> KloutAsker::user(instance::PersonId person) const {
  auto found = users(std::span(&person, 1));
  if (!found) return found.error();
  if (!found->front()) return Error{ErrorCode::not_found, "there is no such user, or none of whom this key may learn"};
  return std::move(*found->front());
}

Result<Explained> KloutAsker::explain(const KloutUser& user) const {
  auto preferences = context_.access.preferences().of(user.person->id);
  if (!preferences) return preferences.error();
  return explain_subject(context_,
                         {.directory = user.directory, .person = user.person, .preferences = std::move(*preferences)});
}

Result<std::vector<KloutUser>> KloutAsker::told(const Explained& explained, std::span<const Peer> peers,
                                                std::size_t most,
                                                const std::function<bool(const people::Person&)>& is_listed) const {
  std::vector<KloutUser> told;
  std::vector<Outcome> outcomes;
  std::size_t asked = 0;
  for (const Peer& peer : peers) {
    const people::Person* member = member_behind(explained, peer.number);
    if (member == nullptr || !is_listed(*member)) continue;
    if (told.size() == most || asked++ == kMostPeersAsked) break;
    auto outcome = outcome_of(member->id);
    if (!outcome) return outcome.error();
    if (!looks_up()) {  // the person asks: they see what the page shows them
      const auto preferences = context_.access.preferences().of(member->id);
      if (!preferences) return preferences.error();
      if (shows_card(*preferences, true)) outcome->outcome = access::LookupOutcome::score;
    }
    auto user = user_of(*outcome);
    if (!user) continue;
    told.push_back(std::move(*user));
    outcomes.push_back(*outcome);
  }
  if (looks_up() && !outcomes.empty()) {
    if (auto noted = note_lookups(context_, key_, purpose_, outcomes); !noted) return noted.error();
  }
  return told;
}

}  // namespace renown::api
