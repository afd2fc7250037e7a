/// What the tests of this folder share: a clock that only waiting moves, and chance that is known.
#pragma once

#include <cmath>
#include <vector>

#include "net/pacer.h"

namespace renown::net::test {

class FakePacer final : public Pacer {
 public:
  std::int64_t now() override { return static_cast<std::int64_t>(time); }
  double chance() override { return next_chance; }
  bool wait(double seconds, std::stop_token stop) override {
    if (stop.stop_requested()) return false;
    waits.push_back(seconds);
    time += seconds;
    return true;
  }

  double time = 1'800'000'000;
  double next_chance = 0.5;
  std::vector<double> waits;
};

}  // namespace renown::net::test
