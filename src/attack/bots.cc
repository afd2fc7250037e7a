/// Bots: new accounts that do nothing but post or reply, and draw what an ordinary account draws.

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "attack/scenario.h"
#include "base/time.h"

namespace renown::attack {
namespace {

constexpr double kDays = 30.0;
constexpr std::int64_t kMinute = 60;
constexpr std::int64_t kHour = 3600;
constexpr std::int64_t kReplyEvery = 5 * kMinute;
constexpr double kAnswered = 0.3;    // of those whom a reply bot addresses, so many reply back
constexpr double kLikedBack = 0.01;  // and so many like it instead

template <class Act>
void by_clock(Plot& plot, std::int64_t every_seconds, const Act& act) {
  for (std::int64_t age = plot.span(kDays) - 1; age >= 0; age -= every_seconds) act(age);
}

/// Some time in the hour after that, before the world ends.
std::int64_t soon_after(Plot& plot, std::int64_t age) {
  return plot.ago(age -
                  static_cast<std::int64_t>(plot.draws().below(static_cast<std::uint64_t>(std::min(age, kHour) + 1))));
}

/// How many acts a post draws that draws `rate` on average.
std::size_t drawn(Plot& plot, double rate) {
  const double whole = std::floor(rate);
  return static_cast<std::size_t>(whole) + (plot.draws().unit() < rate - whole ? 1 : 0);
}

/// Each post draws what the median account's acts draw, from anybody.
void quote_at_median_rate(Plot& plot, std::int64_t every_seconds) {
  const double rate = plot.world().audience().received_per_own_act;
  by_clock(plot, every_seconds, [&](std::int64_t age) {
    plot.post(plot.target(), plot.ago(age));
    for (std::size_t act = drawn(plot, rate); act > 0; --act)
      plot.act(plot.somebody(), plot.target(), soon_after(plot, age));
  });
}

/// Harder: it has as many people around it as the median person with a score, and its posts draw from them what the
/// posts of such a person draw.
void quote_to_an_audience(Plot& plot, std::int64_t every_seconds) {
  const Audience& ordinary = plot.world().audience();
  const auto size = static_cast<std::size_t>(std::lround(ordinary.scored_engagers));
  const std::vector<AccountId> audience = plot.company(size, false);
  by_clock(plot, every_seconds, [&](std::int64_t age) {
    plot.post(plot.target(), plot.ago(age));
    for (std::size_t act = audience.empty() ? 0 : drawn(plot, ordinary.scored_received_per_own_act); act > 0; --act)
      plot.act(audience[plot.draws().below(audience.size())], plot.target(), soon_after(plot, age));
  });
}

/// Replies to somebody every five minutes; `back` says how likely and how they answer.
void reply_to_everybody(Plot& plot, double chance, Kind back) {
  by_clock(plot, kReplyEvery, [&](std::int64_t age) {
    const AccountId person = plot.somebody();
    plot.act(plot.target(), person, plot.ago(age), Kind::reply);
    if (plot.draws().unit() < chance) plot.act(person, plot.target(), soon_after(plot, age), back);
  });
}

}  // namespace

std::vector<Scenario> bot_scenarios() {
  std::vector<Scenario> scenarios;
  for (const std::int64_t minutes : {1, 5, 15, 30}) {
    const std::string every = minutes == 1 ? "every minute" : fmt::format("every {} minutes", minutes);
    scenarios.push_back(
        {.name = fmt::format("quote-bot-{}", minutes),
         .description = fmt::format("posts {} for 30 days; a post draws what the median account's posts draw", every),
         .means = Means::bot,
         .plant = [minutes](Plot& plot) { quote_at_median_rate(plot, minutes * kMinute); }});
  }
  for (const std::int64_t minutes : {1, 5, 15, 30}) {
    const std::string every = minutes == 1 ? "every minute" : fmt::format("every {} minutes", minutes);
    scenarios.push_back(
        {.name = fmt::format("quote-bot-audience-{}", minutes),
         .description = fmt::format("posts {} for 30 days to an audience as large as the median person's", every),
         .means = Means::bot,
         .plant = [minutes](Plot& plot) { quote_to_an_audience(plot, minutes * kMinute); },
         .family = "quote-bot-audience"});
  }
  scenarios.push_back({.name = "reply-bot",
                       .description = "replies to somebody every 5 minutes for 30 days; 3 in 10 reply back",
                       .means = Means::bot,
                       .plant = [](Plot& plot) { reply_to_everybody(plot, kAnswered, Kind::reply); }});
  scenarios.push_back({.name = "reply-bot-liked",
                       .description = "the same, but 1 in 100 likes what it wrote: that is not provoked",
                       .means = Means::bot,
                       .plant = [](Plot& plot) { reply_to_everybody(plot, kLikedBack, Kind::like); }});
  return scenarios;
}

}  // namespace renown::attack
