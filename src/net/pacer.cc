#include "net/pacer.h"

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <random>

namespace renown::net {
namespace {

class SystemPacer final : public Pacer {
 public:
  std::int64_t now() override {
    const auto since_1970 = std::chrono::system_clock::now().time_since_epoch();
    return std::chrono::floor<std::chrono::seconds>(since_1970).count();
  }

  double chance() override { return std::uniform_real_distribution<double>(0, 1)(random_); }

  bool wait(double seconds, std::stop_token stop) override {
    std::mutex mutex;
    std::condition_variable_any never;
    std::unique_lock lock(mutex);
    never.wait_for(lock, stop, std::chrono::duration<double>(seconds), [] { return false; });
    return !stop.stop_requested();
  }

 private:
  std::mt19937_64 random_{std::random_device{}()};  // spreads clients out in time; nothing secret hangs on it
};

}  // namespace

std::unique_ptr<Pacer> make_system_pacer() {
  return std::make_unique<SystemPacer>();
}

}  // namespace renown::net
