/// SourceWatch: what a source that is followed waits for between two readings: its time, or news before it.
#pragma once

#include <chrono>
#include <cstdint>
#include <expected>
#include <functional>
#include <memory>
#include <stop_token>

#include "connect/watch.h"
#include "net/pacer.h"

namespace renown::pipeline {

/// Opens the network's watch when there is something to wait for, and again after it broke. Without one, or while it is
/// broken, time is all that is waited for: that is how a stream falls back to asking.
class SourceWatch {
 public:
  /// After which a watch that broke, or could not be opened, is opened again.
  static constexpr std::int64_t kReopenSeconds = 30;

  /// From one news to the next at least: what comes at once is read at once, and no server is asked for each like.
  static constexpr std::int64_t kBetweenNewsSeconds = 5;

  /// One look at a watch: after it, the time is looked at.
  static constexpr std::chrono::milliseconds kPatience{500};

  using Open = std::function<std::expected<std::unique_ptr<connect::Watch>, connect::Problem>()>;

  /// open  gives nullptr where the source has no watch; not a function: the network has none
  explicit SourceWatch(Open open) : open_(std::move(open)) {}

  /// Waits until `due`, unix seconds, or for news. A watch that was just opened is news: what happened before it was
  /// open, it did not hear.
  /// returns  whether there is news, before it is due
  bool wait(std::int64_t due, net::Pacer& pacer, const std::stop_token& stop);

 private:
  bool try_to_open(std::int64_t now);

  Open open_;
  std::unique_ptr<connect::Watch> watch_;
  std::int64_t open_at_ = 0;   ///< unix seconds, not before
  std::int64_t heard_at_ = 0;  ///< the last news
};

}  // namespace renown::pipeline
