#include "connect/firehose/firehose.h"

#include <utility>

#include <fmt/format.h>

#include "connect/firehose/frame.h"
#include "connect/stream_connector.h"

namespace renown::connect::firehose {
namespace {

constexpr std::string_view kRelay = "https://bsky.network";

class Firehose final : public StreamConnector {
 public:
  Firehose(const Access& access, std::string server, bool oldest)
      : StreamConnector(access), server_(std::move(server)), oldest_(oldest) {}

 private:
  std::string url(std::optional<std::int64_t> place) const override {
    std::string url = server_ + "/xrpc/com.atproto.sync.subscribeRepos";
    if (place || oldest_) url += fmt::format("?cursor={}", place.value_or(0));
    return url;
  }

  Taken take(const net::WebSocketMessage& message, std::optional<std::int64_t> place, Pull& pull) override {
    const Frame frame = reader_.read(message.bytes, place.value_or(0), pull.dated, pull.report);
    Taken taken{.time = frame.time};
    if (frame.seq >= 0) taken.place = frame.seq;
    if (frame.info == "OutdatedCursor") pull.skipped.push_back(lost(place));
    if (!frame.error.empty()) taken.ends = ended(frame, place);
    return taken;
  }

  Problem lost(std::optional<std::int64_t> place) const {
    return {ProblemKind::gone, fmt::format("the firehose of {} no longer has all that came behind place {}: what is "
                                           "missing stands in the accounts' repositories",
                                           server_, place.value_or(0))};
  }

  Problem ended(const Frame& frame, std::optional<std::int64_t> place) const {
    if (frame.error == "FutureCursor") {
      return {ProblemKind::gone, fmt::format("the firehose of {} has not come to place {} yet: the server was set up "
                                             "anew; connect it again to read it from its start",
                                             server_, place.value_or(0))};
    }
    return {ProblemKind::unavailable,
            fmt::format("the firehose of {} ended, {}: {}", server_, frame.error, frame.message)};
  }

  std::string server_;
  bool oldest_;
  FrameReader reader_;
};

}  // namespace

Result<std::unique_ptr<Connector>> make_connector(const Source& source, const Access& access) {
  if (source.account.network != "bluesky" || !source.account.account.empty()) {
    return Error{ErrorCode::usage, "the firehose is that of the network bluesky and of all accounts: name no account"};
  }
  auto server = stream_server(source, kRelay);
  if (!server) return server.error();
  const auto oldest = starts_with_oldest(source);
  if (!oldest) return oldest.error();
  return std::unique_ptr<Connector>(std::make_unique<Firehose>(access, std::move(*server), *oldest));
}

}  // namespace renown::connect::firehose
