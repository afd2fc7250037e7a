/// Pacer: the time and the chance that waiting needs, so that tests have neither.
#pragma once

#include <cstdint>
#include <memory>
#include <stop_token>

namespace renown::net {

class Pacer {
 public:
  virtual ~Pacer() = default;

  /// unix seconds
  virtual std::int64_t now() = 0;

  /// in [0, 1), evenly spread
  virtual double chance() = 0;

  /// returns  false if the stop came first
  virtual bool wait(double seconds, std::stop_token stop) = 0;
};

/// The machine's clock and random numbers. For one thread.
std::unique_ptr<Pacer> make_system_pacer();

}  // namespace renown::net
