/// Crowds for the tests of the farm search: planted farms, and honest people who come in crowds.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "renown/account.h"
#include "renown/interaction.h"

#include "aggregate/event_table.h"

namespace renown::farms {

inline constexpr std::int64_t kMinute = 60;
inline constexpr std::int64_t kHour = 3600;
inline constexpr std::int64_t kDay = 86400;

/// Draws that depend on the seed and their number alone.
class Draw {
 public:
  explicit Draw(std::uint64_t seed) : seed_(seed) {}
  std::uint64_t below(std::uint64_t bound);
  double unit();          ///< in [0, 1)
  bool chance(double p);  ///< true with probability p
  /// A human delay after something was seen: half within `median` seconds, some at once, some a day later.
  std::int64_t human_delay(double median_seconds, double spread = 1.5);
  std::vector<std::uint32_t> some_of(std::uint32_t many, std::uint32_t few);  ///< `few` different of 0 ... many - 1

 private:
  std::uint64_t seed_;
  std::uint64_t number_ = 0;
};

/// Rows of one network, with short names for writing them.
class World {
 public:
  explicit World(aggregate::EventTable events = {}) : events_(std::move(events)) {}
  void act(std::int64_t time, const std::string& actor, const std::string& target, Kind kind = Kind::repost);
  const aggregate::EventTable& events() const { return events_; }
  std::uint64_t rows() const { return events_.events().size(); }

 private:
  aggregate::EventTable events_;
};

inline constexpr const char* kNetwork = "twitter";

enum class Timing {
  once,       ///< all customers in one sitting, each account once
  dripped,    ///< each customer at a time of its own, each account once
  several,    ///< each customer at three times of its own, each account at each of them
  scattered,  ///< no lockstep: each act at any time
};
const char* name(Timing timing);

enum class Camouflage { famous, ordinary };

struct FarmPlan {
  std::uint32_t accounts = 100;
  double overlap = 1.0;  ///< share of the customers that each account serves, at least three
  Timing timing = Timing::dripped;
  std::int64_t slot_seconds = 5 * kMinute;  ///< in which one customer is served
  double camouflage = 0.0;                  ///< other targets, for each paid one
  Camouflage camouflage_on = Camouflage::famous;
  bool ring = false;  ///< accounts also engage five others each
  std::uint64_t seed = 1;
};

/// Plants a farm; its accounts are named "fake-0" and so on. Times lie in [begin, end).
void plant_farm(World& world, const FarmPlan& plan, const std::vector<std::string>& customers,
                const std::vector<std::string>& famous, const std::vector<std::string>& ordinary, std::int64_t begin,
                std::int64_t end);

/// An honest crowd: what it is called, and how it is written into a world. `size` 1 is ordinary, 10 ten times as large.
struct Crowd {
  const char* name;
  void (*write)(World& world, Draw& draw, std::int64_t begin, std::uint32_t size);
};

/// The honest set: none of them may be flagged.
const std::vector<Crowd>& honest_crowds();

}  // namespace renown::farms
