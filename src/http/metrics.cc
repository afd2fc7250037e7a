#include "http/metrics.h"

#include <algorithm>

#include <fmt/format.h>

namespace renown::http {
namespace {

constexpr auto kRelaxed = std::memory_order_relaxed;

void head(std::string& text, std::string_view name, std::string_view type, std::string_view help) {
  text += fmt::format("# HELP {0} {2}\n# TYPE {0} {1}\n", name, type, help);
}

}  // namespace

Metrics::Metrics(std::vector<std::string> route_ids) : ids_(std::move(route_ids)) {
  ids_.emplace_back("none");
  rows_ = std::make_unique<Row[]>(ids_.size());
}

void Metrics::count(std::size_t route, int status, double seconds, std::uint64_t body_bytes) {
  Row& row = rows_[std::min(route, ids_.size() - 1)];
  row.statuses[static_cast<std::size_t>(std::clamp(status / 100, 1, 5) - 1)].fetch_add(1, kRelaxed);
  const auto bucket = std::ranges::lower_bound(kBuckets, seconds) - kBuckets.begin();
  row.times[static_cast<std::size_t>(bucket)].fetch_add(1, kRelaxed);
  row.nanoseconds.fetch_add(static_cast<std::uint64_t>(std::max(seconds, 0.0) * 1e9), kRelaxed);
  row.body_bytes.fetch_add(body_bytes, kRelaxed);
}

std::string Metrics::prometheus_text() const {
  std::string text;
  head(text, "renown_http_requests_total", "counter", "Answers by route and class of status.");
  for (std::size_t i = 0; i < ids_.size(); ++i) {
    for (std::size_t status = 0; status < 5; ++status) {
      const std::uint64_t count = rows_[i].statuses[status].load(kRelaxed);
      if (count == 0) continue;
      text +=
          fmt::format("renown_http_requests_total{{route=\"{}\",status=\"{}xx\"}} {}\n", ids_[i], status + 1, count);
    }
  }
  head(text, "renown_http_request_seconds", "histogram", "Time from the end of a request's head to its answer.");
  for (std::size_t i = 0; i < ids_.size(); ++i) {
    std::uint64_t count = 0;
    for (std::size_t bucket = 0; bucket <= kBuckets.size(); ++bucket) {
      count += rows_[i].times[bucket].load(kRelaxed);
      const std::string end = bucket < kBuckets.size() ? fmt::format("{}", kBuckets[bucket]) : "+Inf";
      text += fmt::format("renown_http_request_seconds_bucket{{route=\"{}\",le=\"{}\"}} {}\n", ids_[i], end, count);
    }
    text += fmt::format("renown_http_request_seconds_sum{{route=\"{}\"}} {}\n", ids_[i],
                        static_cast<double>(rows_[i].nanoseconds.load(kRelaxed)) / 1e9);
    text += fmt::format("renown_http_request_seconds_count{{route=\"{}\"}} {}\n", ids_[i], count);
  }
  head(text, "renown_http_body_bytes_total", "counter", "Bytes of bodies sent, by route.");
  for (std::size_t i = 0; i < ids_.size(); ++i) {
    text +=
        fmt::format("renown_http_body_bytes_total{{route=\"{}\"}} {}\n", ids_[i], rows_[i].body_bytes.load(kRelaxed));
  }
  const auto single = [&](std::string_view name, std::string_view type, std::string_view help, auto value) {
    head(text, name, type, help);
    text += fmt::format("{} {}\n", name, value);
  };
  single("renown_http_open_connections", "gauge", "Connections that are open.", open_connections.load(kRelaxed));
  single("renown_http_refused_connections_total", "counter", "Connections beyond a cap.",
         refused_connections.load(kRelaxed));
  single("renown_http_refused_requests_total", "counter", "Requests that could not be read.",
         refused_requests.load(kRelaxed));
  single("renown_http_timed_out_total", "counter", "Connections closed for being too slow.", timed_out.load(kRelaxed));
  return text;
}

}  // namespace renown::http
