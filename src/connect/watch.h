/// Watch: hears that there is news at a source that is followed.
#pragma once

#include <chrono>
#include <expected>
#include <functional>
#include <memory>
#include <stop_token>

#include "connect/connector.h"
#include "connect/problem.h"

namespace renown::connect {

/// What the news is, it does not say: that is read as always, from the cursor on. So a watch that is deaf for a while,
/// hears twice or breaks costs time and no act.
class Watch {
 public:
  Watch() = default;
  Watch(const Watch&) = delete;
  Watch& operator=(const Watch&) = delete;
  virtual ~Watch() = default;

  /// Whether something happened since the last call; waits for it, at most for `patience`.
  /// errors  why nothing more will be heard: it has to be opened anew
  virtual std::expected<bool, Problem> news(std::chrono::milliseconds patience, std::stop_token stop) = 0;
};

/// Opens the watch of a source, which needs nothing of the access afterwards. nullptr: this source has none
using OpenWatch = std::function<std::expected<std::unique_ptr<Watch>, Problem>(
    const Source& source, const Access& access, std::stop_token stop)>;

}  // namespace renown::connect
