#include "api/outcome.h"

#include <vector>

namespace renown::api {

Result<Outcome> outcome_for(Context& context, const access::ApiKey& asker, access::Purpose purpose,
                            instance::PersonId person) {
  const auto allowed = context.access.consents().allows(person, asker, purpose);
  if (!allowed) return allowed.error();
  const auto published = context.instance.published();
  const ScoreCard* card = published->card(person);
  const bool is_scored = *allowed && card != nullptr && card->score;
  return Outcome{is_scored ? access::LookupOutcome::score : access::LookupOutcome::unscored, person};
}

Result<void> note_lookups(Context& context, const access::ApiKey& asker, access::Purpose purpose,
                          std::span<const Outcome> outcomes) {
  std::vector<access::Lookup> lines;
  for (const Outcome& outcome : outcomes) {
    lines.push_back({.time = context.now(),
                     .key = asker.id,
                     .asker = asker.organisation,
                     .purpose = purpose,
                     .person = outcome.person,
                     .outcome = outcome.outcome});
  }
  return context.access.lookup_log().add(lines);
}

}  // namespace renown::api
