/// Transport: whatever answers requests. The fetcher does, and so do the layers around it: retrying, caching, tapes.
#pragma once

#include <span>
#include <stop_token>
#include <vector>

#include "net/message.h"

namespace renown::net {

/// Not for two threads at once.
class Transport {
 public:
  Transport() = default;
  Transport(const Transport&) = delete;
  Transport& operator=(const Transport&) = delete;
  virtual ~Transport() = default;

  /// Answers all of them, in their order, as far as the limits allow at the same time. After a stop whatever has no
  /// answer yet is FailureKind::cancelled.
  virtual std::vector<Fetched> fetch_all(std::span<const Request> requests, std::stop_token stop = {}) = 0;

  Fetched fetch(const Request& request, std::stop_token stop = {}) {
    return std::move(fetch_all({&request, 1}, std::move(stop)).front());
  }
};

}  // namespace renown::net
