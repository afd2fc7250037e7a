/// Own acts: what the target can do by itself, or through accounts of its own.

#include <algorithm>

#include "attack/scenario.h"
#include "base/time.h"

namespace renown::attack {
namespace {

constexpr std::size_t kActs = 10'000;
constexpr double kDays = 30.0;
constexpr std::int64_t kHour = 3600;
constexpr double kAnswered = 0.3;  // of those whom an autopilot replies to, so many reply back

std::int64_t some_time(Plot& plot) {
  return plot.within(std::max<std::int64_t>(1, plot.span(kDays)));
}

void post(Plot& plot) {
  for (std::size_t i = 0; i < kActs; ++i) plot.post(plot.target(), some_time(plot));
}

void like(Plot& plot) {
  for (std::size_t i = 0; i < kActs; ++i) plot.act(plot.target(), plot.somebody(), some_time(plot), Kind::like);
}

/// Only to strangers: a reply to people who do engage with the target can only lose their later replies, as provoked.
void reply(Plot& plot) {
  for (std::size_t i = 0; i < kActs; ++i) {
    const AccountId person = plot.stranger();
    if (person == aggregate::kNoAccount) return;  // a small log in which everybody knows everybody
    plot.act(plot.target(), person, some_time(plot), Kind::reply);
  }
}

void like_crowd(Plot& plot, AccountId from) {
  for (const AccountId fan : plot.crowd()) plot.act(from, fan, plot.within(kHour), Kind::like);
}

/// A second account of the target that likes its crowd, and the target itself.
AccountId sock(Plot& plot) {
  const AccountId sock = plot.new_account();
  like_crowd(plot, sock);
  plot.act(sock, plot.target(), plot.within(kHour), Kind::like);
  return sock;
}

/// A machine runs the account: posts, likes and replies by the clock; some of those addressed reply.
void run_by_clock(Plot& plot) {
  const auto every = [&](std::int64_t seconds, auto&& act) {
    for (std::int64_t age = plot.span(kDays) - 1; age >= kHour; age -= seconds) act(plot.ago(age));
  };
  every(base::kSecondsPerDay / 10, [&](std::int64_t time) { plot.post(plot.target(), time); });
  every(base::kSecondsPerDay / 100, [&](std::int64_t time) {
    const AccountId person = plot.stranger();
    if (person != aggregate::kNoAccount) plot.act(plot.target(), person, time, Kind::like);
  });
  every(base::kSecondsPerDay / 30, [&](std::int64_t time) {
    const AccountId person = plot.stranger();
    if (person == aggregate::kNoAccount) return;
    plot.act(plot.target(), person, time, Kind::reply);
    if (plot.draws().unit() < kAnswered) {
      const auto later = static_cast<std::int64_t>(plot.draws().below(kHour));
      plot.act(person, plot.target(), time + later, Kind::reply);
    }
  });
}

}  // namespace

std::vector<Scenario> own_act_scenarios() {
  return {
      {.name = "own-posts", .description = "the target posts 10,000 times", .means = Means::own, .plant = post},
      {.name = "own-likes",
       .description = "the target likes people of the log 10,000 times",
       .means = Means::own,
       .plant = like},
      {.name = "own-replies",
       .description = "the target replies to strangers 10,000 times",
       .means = Means::own,
       .plant = reply},
      {.name = "own-crowd",
       .description = "the target likes everybody who engaged with it",
       .means = Means::own,
       .plant = [](Plot& plot) { like_crowd(plot, plot.target()); }},
      {.name = "own-sock-linked",
       .description = "a second account, known to be the target's, likes its crowd and the target",
       .means = Means::own,
       .plant = [](Plot& plot) { plot.link(sock(plot)); }},
      {.name = "autopilot",
       .description = "a machine posts, likes and replies for the target by the clock for 30 days; 3 in 10 reply back",
       .means = Means::own,
       .plant = run_by_clock},
      {.name = "sock",
       .description = "a second account that nobody knows of likes the target's crowd and the target",
       .means = Means::crowd,
       .plant = [](Plot& plot) { sock(plot); }},
      {.name = "sock-verified",
       .description = "the same, and that account was verified by mistake",
       .means = Means::accomplices,
       .needs_verified = true,
       .plant = [](Plot& plot) { plot.verify(sock(plot)); }},
  };
}

}  // namespace renown::attack
