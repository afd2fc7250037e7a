#include "api/digest.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "api/card.h"
#include "api/explained.h"
#include "api/moments.h"
#include "api/reason_list.h"
#include "api/sources_of.h"
#include "base/time.h"
#include "pipeline/source_standing.h"
#include "score/change.h"

namespace renown::api {
namespace {

constexpr double kLeastPart = 0.005;  ///< what the page shows as 0.00 moved nothing

/// As /changes has them, the largest first.
std::vector<mail::Mover> changes_of(const Explained& explained) {
  std::vector<mail::Mover> movers;
  if (!explained.number) return movers;
  const aggregate::AccountName name = explained.run().log.accounts[explained.why.accounts.front()];
  const score::Change change = score::compare_runs(explained.reasons->before(), explained.run(),
                                                   {std::string(name.network), std::string(name.account)});
  for (std::size_t reason = 0; reason < score::kChangeReasons; ++reason) {
    const double part = change.by_reason[reason];
    if (change.engagers[reason] == 0 || std::abs(part) < kLeastPart) continue;
    movers.push_back({.code = std::string(change_code(static_cast<score::ChangeReason>(reason))), .part = part});
  }
  std::ranges::stable_sort(movers, std::ranges::greater{},
                           [](const mail::Mover& mover) { return std::abs(mover.part); });
  return movers;
}

/// Where fewer changes than a letter has room for moved the score, the largest moments of the same days.
void add_moments(Context& context, const Explained& explained, std::vector<mail::Mover>& movers) {
  if (movers.size() >= mail::kMostMovers || !explained.number) return;
  const std::int64_t since = explained.run().as_of - instance::Reasons::kDaysBefore * base::kSecondsPerDay;
  auto moments = moments_of(explained, since);
  std::ranges::stable_sort(moments, std::ranges::greater{}, &Moment::part);
  const auto posts = seen_posts(context, *explained.subject.person);
  for (const Moment& moment : moments) {
    if (movers.size() >= mail::kMostMovers) return;
    const auto seen = posts.find({moment.network, moment.post});
    movers.push_back({.part = moment.part,
                      .engagers = moment.engagers,
                      .about = seen == posts.end() || seen->second.text.empty() ? moment.post : seen->second.text});
  }
}

std::vector<std::string> stale_networks(Context& context, const people::Person& person) {
  std::vector<std::string> networks;
  const auto sources = context.instance.sources();
  for (const log::Source* source : sources_of(*sources, person)) {
    if (pipeline::standing_of(source->state) != pipeline::SourceStanding::current) networks.push_back(source->network);
  }
  return networks;
}

}  // namespace

Result<std::optional<mail::DigestFacts>> digest_facts(Context& context, instance::PersonId person) {
  Subject subject{
      .directory = context.instance.directory(), .person = nullptr, .preferences = {}, .nearness = Nearness::self};
  subject.person = subject.directory->find(person);
  auto preferences = context.access.preferences().of(person);
  if (!preferences) return preferences.error();
  const auto published = context.instance.published();
  if (subject.person == nullptr || preferences->opted_out || !published->run())
    return std::optional<mail::DigestFacts>();
  subject.preferences = std::move(*preferences);
  const auto explained = explain_subject(context, std::move(subject));
  if (!explained) return explained.error();

  const ScoreCard* card = published->card(person);
  const instance::ScoreMoves moves = published->moves(person);
  mail::DigestFacts facts{.day = base::format_day(published->run()->as_of - 1),
                          .model = published->run()->model,
                          .moved_day = moves.day,
                          .moved_week = moves.week,
                          .missing = missing_engagers(context, card),
                          .is_hidden = explained->subject.preferences.number_hidden,
                          .is_protected = published->run()->is_protected};
  if (card != nullptr) {
    facts.score = card->score;
    facts.low = card->score_low;
    facts.high = card->score_high;
  }
  facts.movers = changes_of(*explained);
  add_moments(context, *explained, facts.movers);
  facts.stale = stale_networks(context, *explained->subject.person);
  return std::optional(std::move(facts));
}

}  // namespace renown::api
