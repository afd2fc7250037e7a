/// Metrics: what the server did, as Prometheus reads it.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "http/access_log.h"

namespace renown::http {

/// Counts by route and class of status ("2xx"), times by route. Routes are known beforehand, so that a count is a few
/// additions, without a lock or a look-up of labels, and strangers cannot invent new rows.
class Metrics {
 public:
  /// Upper ends of the times, in seconds.
  static constexpr std::array<double, 12> kBuckets{0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005,
                                                   0.01,   0.025,   0.1,    0.25,  1.0,    5.0};

  /// The number of requests that lead to no route is that of route_ids.
  explicit Metrics(std::vector<std::string> route_ids);

  void count(std::size_t route, int status, double seconds, std::uint64_t body_bytes);

  std::atomic<std::int64_t> open_connections{0};
  std::atomic<std::uint64_t> refused_connections{0};  ///< beyond a cap
  std::atomic<std::uint64_t> refused_requests{0};     ///< whose head was none
  std::atomic<std::uint64_t> timed_out{0};            ///< connections that were too slow

  /// In the text format 0.0.4 of Prometheus; served as "text/plain; version=0.0.4".
  std::string prometheus_text() const;

 private:
  struct Row {
    std::array<std::atomic<std::uint64_t>, 5> statuses{};  ///< 1xx to 5xx
    std::array<std::atomic<std::uint64_t>, kBuckets.size() + 1> times{};
    std::atomic<std::uint64_t> nanoseconds{0}, body_bytes{0};
  };

  std::vector<std::string> ids_;
  std::unique_ptr<Row[]> rows_;
};

}  // namespace renown::http
