#include "pipeline/source_watch.h"

#include <algorithm>
#include <utility>

namespace renown::pipeline {

bool SourceWatch::wait(std::int64_t due, net::Pacer& pacer, const std::stop_token& stop) {
  const auto wait_until = [&](std::int64_t time) {
    const std::int64_t seconds = std::min(time, due) - pacer.now();
    if (seconds > 0) static_cast<void>(pacer.wait(static_cast<double>(seconds), stop));
  };
  if (watch_) wait_until(heard_at_ + kBetweenNewsSeconds);
  while (!stop.stop_requested() && pacer.now() < due) {
    if (!watch_ && !open_) {
      wait_until(due);
    } else if (!watch_ && pacer.now() < open_at_) {
      wait_until(open_at_);
    } else if (!watch_) {
      if (try_to_open(pacer.now())) return true;
    } else if (const auto news = watch_->news(kPatience, stop); !news) {
      watch_.reset();
      open_at_ = pacer.now() + kReopenSeconds;
    } else if (*news) {
      heard_at_ = pacer.now();
      return true;
    }
  }
  return false;
}

bool SourceWatch::try_to_open(std::int64_t now) {
  auto opened = open_();
  open_at_ = now + kReopenSeconds;
  if (!opened) return false;
  watch_ = std::move(*opened);
  if (!watch_) open_ = nullptr;  // it has none, now and later
  heard_at_ = now;
  return watch_ != nullptr;
}

}  // namespace renown::pipeline
