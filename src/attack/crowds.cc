/// Crowds: new accounts that engage with the target, at different times.

#include <cmath>

#include <fmt/format.h>

#include "attack/scenario.h"
#include "base/time.h"

namespace renown::attack {
namespace {

constexpr std::int64_t kHour = 3600;
constexpr double kDripDays = 30.0;
constexpr std::size_t kActsEach = 10;

void drip(Plot& plot, std::size_t count) {
  const std::int64_t span = plot.span(kDripDays);
  for (std::size_t i = 0; i < count; ++i) {
    const auto age =
        static_cast<std::int64_t>(static_cast<double>(span) * static_cast<double>(i) / static_cast<double>(count));
    plot.act(plot.new_account(), plot.target(), plot.ago(age));
  }
}

void act_daily(Plot& plot, std::size_t count) {
  const std::size_t days = plot.days(kDripDays);
  for (std::size_t i = 0; i < count; ++i) {
    const AccountId account = plot.new_account();
    for (std::size_t day = 0; day < days; ++day) {
      const auto earlier = static_cast<std::int64_t>(day) * base::kSecondsPerDay;
      plot.act(account, plot.target(), plot.within(kHour) - earlier);
    }
  }
}

/// The dearest engagement that the model knows: loyal, just now, of the heaviest kind. The first act may lie before
/// the log begins: an attacker who prepares this is not held up by when a log was started.
void act_against_the_weights(Plot& plot, std::size_t count) {
  const auto apart =
      static_cast<std::int64_t>(plot.world().model().loyal_span_days * static_cast<double>(base::kSecondsPerDay)) +
      kHour;
  const Kind kind = plot.world().heaviest_kind();
  for (std::size_t i = 0; i < count; ++i) {
    const AccountId account = plot.new_account();
    plot.act(account, plot.target(), plot.ago(apart), kind);
    plot.act(account, plot.target(), plot.ago(0), kind);
  }
}

void act_often(Plot& plot, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) {
    const AccountId account = plot.new_account();
    for (std::size_t act = 0; act < kActsEach; ++act)
      plot.act(account, plot.target(), plot.within(base::kSecondsPerDay));
  }
}

struct Timing {
  std::string_view name;
  std::string_view description;
  void (*plant)(Plot&, std::size_t);
};

constexpr Timing kTimings[] = {
    {"once", "{} new accounts, each once in the last hour", act_once},
    {"dripped", "{} new accounts, each once, evenly over 30 days", drip},
    {"daily", "{} new accounts, each every day for 30 days", act_daily},
    {"weights", "{} new accounts, each twice, further apart than the loyal span, the second time just now",
     act_against_the_weights},
    {"ten-acts", "{} new accounts, each ten times in the last day", act_often},
};

constexpr std::size_t kSizes[] = {10, 100, 1'000, 10'000};

}  // namespace

void act_once(Plot& plot, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) plot.act(plot.new_account(), plot.target(), plot.within(kHour));
}

std::vector<Scenario> crowd_scenarios() {
  std::vector<Scenario> scenarios;
  for (const Timing& timing : kTimings) {
    for (const std::size_t size : kSizes) {
      scenarios.push_back({.name = fmt::format("{}-{}", timing.name, size),
                           .description = fmt::format(fmt::runtime(timing.description), size),
                           .means = Means::crowd,
                           .plant = [plant = timing.plant, size](Plot& plot) { plant(plot, size); }});
    }
  }
  return scenarios;
}

}  // namespace renown::attack
