#include "api/reason_list.h"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "api/sources_of.h"
#include "base/time.h"
#include "pipeline/source_standing.h"
#include "score/points.h"

namespace renown::api {
namespace {

constexpr std::int64_t kRecentDays = 7;

/// Of the largest effect first; those without one stay behind, in their order.
std::vector<NamedReason> largest(std::vector<NamedReason> reasons) {
  std::ranges::stable_sort(reasons, std::ranges::greater{}, &NamedReason::part);
  if (reasons.size() > kMostReasons) reasons.resize(kMostReasons);
  return reasons;
}

/// What engagers within the last days add.
score::Part recent_part(const Explained& explained) {
  score::Part recent;
  const std::int64_t since = explained.run().as_of - kRecentDays * base::kSecondsPerDay;
  for (const auto& [line, lost] : explained.why.engagers) {
    if (line.time < since) continue;
    recent.contribution += line.contribution;
    ++recent.engagers;
  }
  return recent;
}

/// By how much the points would rise if that much were added to the raw score.
std::optional<double> points_missed(const Explained& explained, double part) {
  if (!explained.why.card.score) return std::nullopt;
  const score::Scale scale(explained.run().model);
  return scale.points(explained.why.card.raw + part) - *explained.why.card.score;
}

const score::Part* largest_named(const std::vector<score::Part>& parts) {
  const auto found = std::ranges::find_if(parts, [](const score::Part& part) { return !part.label.empty(); });
  return found == parts.end() ? nullptr : &*found;
}

}  // namespace

std::vector<NamedReason> what_raises(const Explained& explained) {
  const score::Explanation& why = explained.why;
  std::vector<NamedReason> reasons;
  const auto add = [&](std::string_view code, double part, std::uint64_t count, std::string about, std::string words) {
    if (part > 0.0) {
      reasons.push_back({code, part, explained.points_of(part), count, std::move(about), std::move(words)});
    }
  };
  add("verified_people", why.engaged.vouched, why.verified_engagers, "",
      fmt::format("{} verified people engaged with you.", why.verified_engagers));
  add("other_people", why.unvouched_counted, why.unverified_engagers, "",
      fmt::format("{} people whom nobody vouches for engaged with you.", why.unverified_engagers));
  if (const score::Part* post = largest_named(why.posts)) {
    add("best_post", post->contribution, post->engagers, post->label,
        fmt::format("{} people engaged with {}.", post->engagers, post->label));
  }
  if (const score::Part* network = largest_named(why.networks); network != nullptr && why.networks.size() > 1) {
    add("best_network", network->contribution, network->engagers, network->label,
        fmt::format("{} people engaged with you on {}.", network->engagers, network->label));
  }
  const score::Part recent = recent_part(explained);
  add("recent_days", recent.contribution, recent.engagers, "",
      fmt::format("{} people engaged with you within the last seven days.", recent.engagers));
  return largest(std::move(reasons));
}

std::vector<NamedReason> what_limits(const Context& context, const Explained& explained) {
  const score::Explanation& why = explained.why;
  std::vector<NamedReason> reasons;
  const auto add = [&](std::string_view code, double part, std::uint64_t count, std::string about, std::string words) {
    const auto points = part > 0.0 ? points_missed(explained, part) : std::nullopt;
    reasons.push_back({code, part, points, count, std::move(about), std::move(words)});
  };
  const auto least = static_cast<std::uint64_t>(std::ceil(explained.run().model.minimum_engagers));
  if (why.card.reach < least) {
    add("too_few_people", 0.0, least - why.card.reach, "",
        fmt::format("{} more people are needed for a score.", least - why.card.reach));
  }
  if (why.faded > 0.0) add("faded", why.faded, 0, "", "Engagement fades as it grows old.");
  if (why.bounded > 0.0) {
    add("bounded", why.bounded, why.unverified_engagers, "",
        "Attention that nobody vouches for counts only up to a bound.");
  }
  if (why.forgotten_engagers > 0) {
    add("forgotten", 0.0, why.forgotten_engagers, "",
        fmt::format("{} people have not engaged with you for so long that they no longer count.",
                    why.forgotten_engagers));
  }
  if (why.dropped.farm > 0) {
    add("farm", 0.0, why.dropped.farm, "",
        fmt::format("{} acts came from accounts that act in lockstep, and count nothing.", why.dropped.farm));
  }
  if (why.dropped.provoked > 0) {
    add("provoked", 0.0, why.dropped.provoked, "",
        fmt::format("{} answers came to words that you had addressed to them first.", why.dropped.provoked));
  }
  const auto sources = context.instance.sources();
  for (const log::Source* source : sources_of(*sources, *explained.subject.person)) {
    if (pipeline::standing_of(source->state) == pipeline::SourceStanding::current) continue;
    add("stale", 0.0, 1, source->network, fmt::format("{} could not be read to its end lately.", source->network));
  }
  if (explained.subject.person->accounts.size() == 1)
    add("one_network", 0.0, 1, "", "Only one of your accounts is connected.");
  if (!explained.run().is_protected) {
    add("unprotected", 0.0, 0, "", "Nobody is verified on this instance, so nothing can be vouched for.");
  }
  return largest(std::move(reasons));
}

std::string_view change_code(score::ChangeReason reason) {
  constexpr std::array<std::string_view, score::kChangeReasons> kCodes = {
      "new_engager", "renewed", "faded", "withdrawn", "verified", "unverified", "farm", "links", "standing", "room"};
  return kCodes[static_cast<std::size_t>(reason)];
}

}  // namespace renown::api
