#include "crowds.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

#include <fmt/format.h>

#include "base/hash.h"

namespace renown::farms {
namespace {

std::string member(const char* crowd, std::uint32_t number) {
  return fmt::format("{}-{}", crowd, number);
}

/// The third of the day when somebody is awake; the others act then too, but rarely.
std::int64_t waking_time(Draw& draw, std::int64_t day) {
  const double hour = draw.chance(0.9) ? 8.0 + 15.0 * draw.unit() : 24.0 * draw.unit();
  return day + static_cast<std::int64_t>(hour * static_cast<double>(kHour));
}

/// 5,000 people repost one post, half of them within an hour.
void one_viral_post(World& world, Draw& draw, std::int64_t begin, std::uint32_t size) {
  for (std::uint32_t i = 0; i < 5000 * size; ++i)
    world.act(begin + draw.human_delay(kHour), member("viral", i), "viral-author");
}

/// As above, and half of them engage with three to five related accounts on the same day.
void viral_stars(World& world, Draw& draw, std::int64_t begin, std::uint32_t size) {
  constexpr std::uint32_t kStars = 6;
  for (std::uint32_t i = 0; i < 5000 * size; ++i) {
    world.act(begin + draw.human_delay(kHour), member("stars", i), "star-0");
    if (draw.chance(0.5)) continue;
    const std::uint32_t more = 3 + static_cast<std::uint32_t>(draw.below(3));
    for (const std::uint32_t star : draw.some_of(kStars - 1, more)) {
      world.act(begin + (star + 1) * 2 * kHour + draw.human_delay(kHour), member("stars", i),
                fmt::format("star-{}", star + 1));
    }
  }
}

/// A burst so quick that most come within the quarter of an hour: a goal, an earthquake. Six accounts tell of it.
void quick_burst(World& world, Draw& draw, std::int64_t begin, std::uint32_t size) {
  for (std::uint32_t i = 0; i < 3000 * size; ++i) {
    const std::uint32_t accounts = 1 + static_cast<std::uint32_t>(draw.below(4));
    for (const std::uint32_t star : draw.some_of(6, accounts))
      world.act(begin + draw.human_delay(10 * kMinute, 1.0), member("goal", i), fmt::format("reporter-{}", star));
  }
}

/// 500 people who engage with twenty stars day after day for four weeks, at human times after each star's post.
void fan_club(World& world, Draw& draw, std::int64_t begin, std::uint32_t size) {
  constexpr std::uint32_t kStars = 20;
  for (std::int64_t day = begin; day < begin + 28 * kDay; day += kDay) {
    for (std::uint32_t star = 0; star < kStars; ++star) {
      const std::int64_t posted = waking_time(draw, day);
      for (std::uint32_t fan = 0; fan < 500 * size; ++fan) {
        if (draw.chance(0.4))
          world.act(posted + draw.human_delay(kHour), member("fan", fan), fmt::format("idol-{}", star), Kind::like);
      }
    }
  }
}

/// The same fans, keener: notifications are on, a quarter comes within five minutes of each post.
void keen_fan_club(World& world, Draw& draw, std::int64_t begin, std::uint32_t size) {
  for (std::int64_t day = begin; day < begin + 14 * kDay; day += kDay) {
    for (std::uint32_t star = 0; star < 30; ++star) {
      const std::int64_t posted = waking_time(draw, day);
      for (std::uint32_t fan = 0; fan < 500 * size; ++fan) {
        if (draw.chance(0.6))
          world.act(posted + draw.human_delay(20 * kMinute, 2.0), member("keen", fan),
                    fmt::format("keen-idol-{}", star), Kind::like);
      }
    }
  }
}

/// Three days, thirty talks of three quarters of an hour one after the other; each of 300 people tweets about a third
/// of the speakers, most of them during the talk.
void conference(World& world, Draw& draw, std::int64_t begin, std::uint32_t size) {
  for (std::uint32_t talk = 0; talk < 30; ++talk) {
    const std::int64_t start = begin + (talk / 10) * kDay + (9 + talk % 10) * kHour;
    for (std::uint32_t i = 0; i < 300 * size; ++i) {
      if (!draw.chance(0.33)) continue;
      const std::int64_t after =
          draw.chance(0.7) ? static_cast<std::int64_t>(draw.below(45 * kMinute)) : draw.human_delay(3 * kHour);
      world.act(start + after, member("attendee", i), fmt::format("speaker-{}", talk), Kind::mention);
    }
  }
}

/// 2,000 readers of a newsroom with 25 reporters; each reads a few minutes a few times a day and likes what is new.
void newsroom(World& world, Draw& draw, std::int64_t begin, std::uint32_t size) {
  for (std::int64_t day = begin; day < begin + 14 * kDay; day += kDay) {
    for (std::uint32_t reader = 0; reader < 2000 * size; ++reader) {
      std::int64_t at = waking_time(draw, day);
      for (std::uint64_t article = draw.below(6); article > 0; --article) {
        at += 20 + static_cast<std::int64_t>(draw.below(200));
        world.act(at, member("reader", reader), fmt::format("reporter-{}", draw.below(25)), Kind::like);
      }
    }
  }
}

/// Fifty friends in one chat: somebody says something, most of the others react within minutes, every day.
void chat_of_friends(World& world, Draw& draw, std::int64_t begin, std::uint32_t size) {
  for (std::uint32_t chat = 0; chat < size; ++chat) {
    for (std::int64_t day = begin; day < begin + 14 * kDay; day += kDay) {
      for (int message = 0; message < 20; ++message) {
        const auto author = static_cast<std::uint32_t>(draw.below(50));
        const std::int64_t said = waking_time(draw, day);
        for (std::uint32_t friend_ = 0; friend_ < 50; ++friend_) {
          if (friend_ == author || draw.chance(0.4)) continue;
          world.act(said + draw.human_delay(3 * kMinute, 1.0), fmt::format("chat{}-{}", chat, friend_),
                    fmt::format("chat{}-{}", chat, author), Kind::like);
        }
      }
    }
  }
}

/// 400 people who follow each other and like each other's posts through the day.
void mutual_community(World& world, Draw& draw, std::int64_t begin, std::uint32_t size) {
  const std::uint32_t people = 400 * size;
  for (std::int64_t day = begin; day < begin + 14 * kDay; day += kDay) {
    for (std::uint32_t author = 0; author < people; ++author) {
      if (!draw.chance(0.3)) continue;
      const std::int64_t posted = waking_time(draw, day);
      for (std::uint32_t step = 1; step <= 60; ++step) {  // the 60 neighbours on the ring of acquaintance
        if (!draw.chance(0.3)) continue;
        world.act(posted + draw.human_delay(kHour), member("mutual", (author + step * 7) % people),
                  member("mutual", author), Kind::like);
      }
    }
  }
}

/// Thirty pupils told to like the same twenty posts of twenty authors within an hour, each at a pace of their own; most
/// go from the first to the last.
void classroom(World& world, Draw& draw, std::int64_t begin, std::uint32_t size) {
  for (std::uint32_t room = 0; room < size; ++room) {
    for (std::uint32_t pupil = 0; pupil < 30; ++pupil) {
      const double pace = static_cast<double>(kMinute) * (1.0 + 3.0 * draw.unit());  // a post
      std::vector<std::uint32_t> order = draw.some_of(20, 20);
      if (draw.chance(0.7)) std::ranges::sort(order);
      double at = 3.0 * static_cast<double>(kMinute) * draw.unit();
      for (const std::uint32_t post : order) {
        at += pace * (0.5 + draw.unit());
        if (at > static_cast<double>(kHour)) break;
        world.act(begin + static_cast<std::int64_t>(at), fmt::format("pupil{}-{}", room, pupil),
                  fmt::format("author{}-{}", room, post), Kind::like);
      }
    }
  }
}

/// A post that names eight people is reposted 5,000 times: on Twitter each repost is logged as eight mentions too.
void reposted_names(World& world, Draw& draw, std::int64_t begin, std::uint32_t size) {
  for (std::uint32_t i = 0; i < 5000 * size; ++i) {
    const std::int64_t at = begin + draw.human_delay(10 * kMinute, 1.0);
    world.act(at, member("reposter", i), "namer", Kind::repost);
    for (int name = 0; name < 8; ++name)
      world.act(at, member("reposter", i), fmt::format("named-{}", name), Kind::mention);
  }
}

/// The same as answers "to all": one post each, eight names.
void answers_to_all(World& world, Draw& draw, std::int64_t begin, std::uint32_t size) {
  for (std::uint32_t i = 0; i < 2000 * size; ++i) {
    const std::int64_t at = begin + draw.human_delay(10 * kMinute, 1.0);
    for (int name = 0; name < 8; ++name)
      world.act(at, member("answerer", i), fmt::format("asked-{}", name), Kind::mention);
  }
}

/// 300 readers of the same twenty authors, each of whom writes once in three weeks; two in three answer, half of them
/// within half an hour. By the hour this is the densest honest crowd that we could think of.
void reading_circle(World& world, Draw& draw, std::int64_t begin, std::uint32_t size) {
  for (std::uint32_t author = 0; author < 20; ++author) {
    const std::int64_t posted = waking_time(draw, begin + author * kDay);
    for (std::uint32_t reader = 0; reader < 300 * size; ++reader) {
      if (draw.chance(0.66))
        world.act(posted + draw.human_delay(30 * kMinute, 1.2), member("circle", reader), member("writer", author));
    }
  }
}

/// A heavy reader: 300 people who each engage with 3,000 authors over months, of whom many had one short burst.
void heavy_readers(World& world, Draw& draw, std::int64_t begin, std::uint32_t size) {
  for (std::uint32_t burst = 0; burst < 600 * size; ++burst) {
    const std::int64_t at = begin + static_cast<std::int64_t>(draw.below(60 * kDay));
    for (const std::uint32_t reader : draw.some_of(300 * size, 15))
      world.act(at + draw.human_delay(4 * kMinute, 1.0), member("heavy", reader), fmt::format("flash-{}", burst));
  }
  for (std::uint32_t reader = 0; reader < 300 * size; ++reader) {
    for (int more = 0; more < 400; ++more)
      world.act(begin + static_cast<std::int64_t>(draw.below(60 * kDay)), member("heavy", reader),
                fmt::format("slow-{}", draw.below(4000)));
  }
}

}  // namespace

std::uint64_t Draw::below(std::uint64_t bound) {
  return base::mix64(seed_ * 0x9e3779b97f4a7c15 + ++number_) % bound;
}

double Draw::unit() {
  return static_cast<double>(below(std::uint64_t{1} << 53)) / static_cast<double>(std::uint64_t{1} << 53);
}

bool Draw::chance(double p) {
  return unit() < p;
}

std::int64_t Draw::human_delay(double median_seconds, double spread) {
  const double normal = std::sqrt(-2.0 * std::log(1.0 - unit())) * std::cos(2.0 * std::numbers::pi * unit());
  return static_cast<std::int64_t>(median_seconds * std::exp(spread * std::min(normal, 3.0)));
}

std::vector<std::uint32_t> Draw::some_of(std::uint32_t many, std::uint32_t few) {
  std::vector<std::uint32_t> all(many);
  for (std::uint32_t i = 0; i < many; ++i) all[i] = i;
  few = std::min(few, many);
  for (std::uint32_t i = 0; i < few; ++i) std::swap(all[i], all[i + below(many - i)]);
  all.resize(few);
  return all;
}

void World::act(std::int64_t time, const std::string& actor, const std::string& target, Kind kind) {
  if (actor == target) return;
  events_.add({.time = time,
               .kind = kind,
               .network = kNetwork,
               .actor = actor,
               .target = target,
               .post = "",
               .id = "",
               .tags = ""});
}

const char* name(Timing timing) {
  switch (timing) {
    case Timing::once:
      return "once";
    case Timing::dripped:
      return "dripped";
    case Timing::several:
      return "several";
    case Timing::scattered:
      return "scattered";
  }
  return "";
}

void plant_farm(World& world, const FarmPlan& plan, const std::vector<std::string>& customers,
                const std::vector<std::string>& famous, const std::vector<std::string>& ordinary, std::int64_t begin,
                std::int64_t end) {
  Draw draw(plan.seed);
  const auto span = static_cast<std::uint64_t>(end - begin - plan.slot_seconds);
  const auto any_start = [&] { return begin + static_cast<std::int64_t>(draw.below(span)); };
  const std::int64_t sitting = any_start();
  std::vector<std::vector<std::int64_t>> starts(customers.size());
  for (auto& of_customer : starts) {
    for (int i = 0; i < (plan.timing == Timing::several ? 3 : 1); ++i)
      of_customer.push_back(plan.timing == Timing::once ? sitting : any_start());
  }
  const auto many = static_cast<std::uint32_t>(customers.size());
  const auto served = std::min(many, std::max(3u, static_cast<std::uint32_t>(std::lround(plan.overlap * many))));
  const auto& stage = plan.camouflage_on == Camouflage::famous ? famous : ordinary;
  for (std::uint32_t i = 0; i < plan.accounts; ++i) {
    const std::string fake = member("fake", i);
    for (const std::uint32_t customer : draw.some_of(many, served)) {
      for (const std::int64_t start : starts[customer]) {
        const std::int64_t at = plan.timing == Timing::scattered
                                    ? any_start()
                                    : start + static_cast<std::int64_t>(draw.below(plan.slot_seconds));
        world.act(at, fake, customers[customer]);
      }
    }
    for (auto more = std::lround(plan.camouflage * served); more > 0; --more)
      world.act(any_start(), fake, stage[draw.below(stage.size())]);
    for (int other = 0; plan.ring && other < 5; ++other)
      world.act(any_start(), fake, member("fake", static_cast<std::uint32_t>(draw.below(plan.accounts))));
  }
}

const std::vector<Crowd>& honest_crowds() {
  static const std::vector<Crowd> kCrowds = {
      {"one viral post", one_viral_post},
      {"a viral post and related stars", viral_stars},
      {"a quick burst on six reporters", quick_burst},
      {"a fan club for four weeks", fan_club},
      {"a keen fan club", keen_fan_club},
      {"a conference", conference},
      {"a newsroom's readers", newsroom},
      {"a chat of friends", chat_of_friends},
      {"a mutual community", mutual_community},
      {"a classroom", classroom},
      {"reposted names", reposted_names},
      {"answers to all", answers_to_all},
      {"a reading circle", reading_circle},
      {"heavy readers of short bursts", heavy_readers},
  };
  return kCrowds;
}

}  // namespace renown::farms
