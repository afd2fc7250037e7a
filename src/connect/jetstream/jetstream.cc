#include "connect/jetstream/jetstream.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "base/text.h"
#include "base/time.h"
#include "connect/settle.h"
#include "connect/stream_connector.h"
#include "connect/xrpc.h"
#include "ingest/jetstream/jetstream_event.h"
#include "io/json.h"

namespace renown::connect::jetstream {
namespace {

constexpr std::string_view kServer = "https://jetstream1.us-east.bsky.network";
constexpr std::string_view kCollections =
    "app.bsky.feed.like app.bsky.feed.repost app.bsky.feed.post app.bsky.graph.follow";
constexpr std::int64_t kMicroseconds = 1'000'000;

/// Servers behind one name do not see an event in the same microsecond; read twice it is the same row.
constexpr std::int64_t kRewind = 5 * kMicroseconds;

class Jetstream final : public StreamConnector {
 public:
  Jetstream(const Access& access, std::string address, bool oldest)
      : StreamConnector(access), address_(std::move(address)), oldest_(oldest) {}

 private:
  std::string url(std::optional<std::int64_t> place) const override {
    if (!place && !oldest_) return address_;
    return fmt::format("{}&cursor={}", address_, std::max<std::int64_t>(place.value_or(0) - kRewind, 0));
  }

  Taken take(const net::WebSocketMessage& message, std::optional<std::int64_t> place, Pull& pull) override {
    const auto bad = [&](std::string reason) {
      count_bad(pull.report, fmt::format("the event after {}", place.value_or(0)), std::move(reason));
      return Taken{};
    };
    const auto event = parser_.parse(message.bytes);
    if (!event) return bad(event.error().message);
    record_.clear();
    if (auto read = ingest::jetstream::read_event(*event, record_); !read) return bad(read.error().message);
    const std::int64_t at = *(*event)["time_us"].integer();  // read_event has seen to it
    // Its time is its place: from one of the future on nothing would be read until then.
    if (at / kMicroseconds > access().now + base::kSecondsPerDay) return bad("the event is of the future");
    settle(record_, pull.dated, pull.report, std::to_string(at));
    return {.place = at, .time = at / kMicroseconds};
  }

  std::string address_;  ///< with what is asked for
  bool oldest_;
  io::JsonParser parser_;
  ingest::Record record_;
};

/// ".../subscribe?wantedCollections=a&wantedCollections=b&wantedDids=c"
std::string address_of(const std::string& server, const Source& source) {
  const auto wanted = source.settings.find("collections");
  std::string address = server + "/subscribe";
  char before = '?';
  const auto ask_for = [&](std::string_view name, std::string_view value) {
    address += fmt::format("{}{}={}", std::exchange(before, '&'), name, percent_encoded(value));
  };
  const std::string_view collections = wanted == source.settings.end() ? kCollections : wanted->second;
  for (const std::string_view collection : base::split_words(collections)) ask_for("wantedCollections", collection);
  if (!source.account.account.empty()) ask_for("wantedDids", source.account.account);
  return address;
}

}  // namespace

Result<std::unique_ptr<Connector>> make_connector(const Source& source, const Access& access) {
  const std::string& account = source.account.account;
  if (source.account.network != "bluesky" || (!account.empty() && !account.starts_with("did:"))) {
    return Error{ErrorCode::usage, "Jetstream is that of the network bluesky: name no account, or one by its DID"};
  }
  auto server = stream_server(source, kServer);
  if (!server) return server.error();
  const auto oldest = starts_with_oldest(source);
  if (!oldest) return oldest.error();
  return std::unique_ptr<Connector>(std::make_unique<Jetstream>(access, address_of(*server, source), *oldest));
}

}  // namespace renown::connect::jetstream
