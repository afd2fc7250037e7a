#include "net/fetcher.h"

#include <algorithm>
#include <array>
#include <list>
#include <map>
#include <utility>

#include <curl/curl.h>
#include <fmt/format.h>

#include "net/libcurl.h"
#include "net/redirect.h"
#include "net/transfer.h"

namespace renown::net {
namespace {

constexpr int kPollMs = 200;  ///< a stop wakes the poll up; this is for what that misses

std::expected<Hop, Failure> first_hop(const Request& request) {
  if (!is_token(request.method)) {
    return std::unexpected(Failure{FailureKind::bad_request, "the method of a request is not a word"});
  }
  if (auto failure = unsendable_headers(request.headers)) return std::unexpected(std::move(*failure));
  auto url = Url::parse(request.url);
  if (url && (url->scheme() == "http" || url->scheme() == "https")) return Hop{std::move(*url), request};
  const std::string message = url ? fmt::format("{} is for a WebSocket", url->shown()) : url.error().message;
  return std::unexpected(Failure{FailureKind::bad_url, message});
}

}  // namespace

struct Fetcher::Engine {
  /// A request that waits for its turn, or for its next hop.
  struct Waiting {
    std::size_t index;
    Hop hop;
    long spent_ms = 0;
    int redirects = 0;
  };
  struct Running {
    std::size_t index;
    int redirects;
    std::unique_ptr<Transfer> transfer;
  };

  explicit Engine(FetchOptions given) : options(std::move(given)) {
    set_up_libcurl();
    multi.reset(curl_multi_init());
  }

  void begin(std::span<const Request> requests);
  void start_what_may_run();
  void start(Waiting waiting);
  void collect();
  void finish(Running running, CURLcode code);
  void cancel();

  FetchOptions options;
  std::unique_ptr<CURLM, decltype(&curl_multi_cleanup)> multi{nullptr, &curl_multi_cleanup};
  std::list<Waiting> waiting;
  std::vector<Running> running;
  std::map<std::string, int> running_at;  ///< by host and port
  std::vector<Fetched> results;
};

void Fetcher::Engine::begin(std::span<const Request> requests) {
  results.assign(requests.size(), std::unexpected(Failure{FailureKind::cancelled, "the fetch was stopped"}));
  for (std::size_t i = 0; i < requests.size(); ++i) {
    auto hop = first_hop(requests[i]);
    if (hop) {
      waiting.push_back({i, std::move(*hop)});
    } else {
      results[i] = std::unexpected(std::move(hop.error()));
    }
  }
}

void Fetcher::Engine::start_what_may_run() {
  for (auto it = waiting.begin(); it != waiting.end();) {
    if (static_cast<int>(running.size()) >= options.limits.at_once) return;
    const auto here = it++;
    if (running_at[here->hop.url.host_and_port()] >= options.limits.at_once_per_host) continue;
    Waiting next = std::move(*here);
    waiting.erase(here);
    start(std::move(next));
  }
}

void Fetcher::Engine::start(Waiting next) {
  ++running_at[next.hop.url.host_and_port()];
  auto transfer = std::make_unique<Transfer>(options, std::move(next.hop), next.spent_ms);
  curl_multi_add_handle(multi.get(), transfer->handle());
  running.push_back({next.index, next.redirects, std::move(transfer)});
}

void Fetcher::Engine::collect() {
  int left = 0;
  while (const CURLMsg* message = curl_multi_info_read(multi.get(), &left)) {
    if (message->msg != CURLMSG_DONE) continue;
    const CURLcode code = message->data.result;
    const auto it =
        std::ranges::find_if(running, [&](const Running& r) { return r.transfer->handle() == message->easy_handle; });
    Running done = std::move(*it);
    running.erase(it);
    --running_at[done.transfer->hop().url.host_and_port()];
    curl_multi_remove_handle(multi.get(), done.transfer->handle());
    finish(std::move(done), code);
  }
}

void Fetcher::Engine::finish(Running done, CURLcode code) {
  Fetched& result = results[done.index];
  result = done.transfer->outcome(code);
  if (!result) return;
  result->redirects = done.redirects;
  if (!is_redirect(*result)) return;
  const Hop& hop = done.transfer->hop();
  if (done.redirects >= options.limits.redirects) {
    result = std::unexpected(
        Failure{FailureKind::too_many_redirects,
                fmt::format("{} redirects once more after {} redirects", hop.url.shown(), done.redirects)});
    return;
  }
  auto next = next_hop(hop, *result);
  if (!next) {
    result = std::unexpected(std::move(next.error()));
    return;
  }
  result = std::unexpected(Failure{FailureKind::cancelled, "the fetch was stopped"});
  waiting.push_front({done.index, std::move(*next), done.transfer->spent_ms(), done.redirects + 1});
}

void Fetcher::Engine::cancel() {
  for (const Running& one : running) curl_multi_remove_handle(multi.get(), one.transfer->handle());
  running.clear();
  running_at.clear();
  waiting.clear();
}

Fetcher::Fetcher(FetchOptions options) : engine_(std::make_unique<Engine>(std::move(options))) {}
Fetcher::~Fetcher() = default;

std::vector<Fetched> Fetcher::fetch_all(std::span<const Request> requests, std::stop_token stop) {
  Engine& engine = *engine_;
  CURLM* multi = engine.multi.get();
  const NoBrokenPipes quiet;
  const std::stop_callback wake(stop, [multi] { curl_multi_wakeup(multi); });
  engine.begin(requests);
  while (!stop.stop_requested()) {
    engine.start_what_may_run();
    if (engine.running.empty()) break;
    int still_running = 0;
    curl_multi_perform(multi, &still_running);
    engine.collect();
    if (still_running > 0) curl_multi_poll(multi, nullptr, 0, kPollMs, nullptr);
  }
  engine.cancel();
  return std::exchange(engine.results, {});
}

}  // namespace renown::net
