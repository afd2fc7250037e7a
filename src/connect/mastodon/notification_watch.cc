#include "connect/mastodon/notification_watch.h"

#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "base/text.h"
#include "connect/ask.h"
#include "connect/mastodon/address.h"
#include "connect/mastodon/mastodon.h"
#include "connect/message_stream.h"
#include "io/json.h"
#include "net/url.h"

namespace renown::connect::mastodon {
namespace {

std::unexpected<Problem> problem(ProblemKind kind, std::string sentence) {
  return std::unexpected(Problem{kind, std::move(sentence)});
}

class NotificationWatch final : public Watch {
 public:
  NotificationWatch(std::unique_ptr<MessageStream> stream, std::string shown)
      : stream_(std::move(stream)), shown_(std::move(shown)) {}

  std::expected<bool, Problem> news(std::chrono::milliseconds patience, std::stop_token stop) override {
    const auto messages = stream_->take(patience, std::move(stop));
    if (!messages) return std::unexpected(messages.error());
    bool is_news = false;
    for (const net::WebSocketMessage& message : *messages) {
      auto heard = is_notification(message.bytes);
      if (!heard) return heard;
      is_news = is_news || *heard;
    }
    return is_news;
  }

 private:
  /// {"stream":["user:notification"],"event":"notification","payload":"..."}, or {"error":"...","status":401}.
  std::expected<bool, Problem> is_notification(std::string_view message) {
    const auto root = parser_.parse(message);
    if (!root || !root->is_object()) {
      return problem(ProblemKind::malformed, fmt::format("{}: a message is no JSON object", shown_));
    }
    if (const std::string_view error = (*root)["error"].text(); !error.empty()) {
      const bool is_token = (*root)["status"].integer().value_or(0) == 401;
      return problem(is_token ? ProblemKind::unauthorized : ProblemKind::unavailable,
                     fmt::format("{}: it says {}", shown_, base::shorten(base::printable(error), 80)));
    }
    const std::string_view event = (*root)["event"].text();
    return event == "notification" || event == "notifications_merged";  // the second: requests that were accepted
  }

  std::unique_ptr<MessageStream> stream_;
  std::string shown_;
  io::JsonParser parser_;
};

/// "wss://streaming.a.example": as the server says; before 4.0, which does not, the server itself.
std::expected<net::Url, Problem> streaming_server(const std::string& server, net::Transport& http,
                                                  const std::stop_token& stop) {
  const auto own = net::Url::parse(server);
  if (!own) return problem(ProblemKind::refused, own.error().message);
  const std::string itself = (own->is_secure() ? "wss://" : "ws://") + own->host_and_port();
  const auto instance = ask_json(http, {.url = server + "/api/v2/instance"}, io::JsonType::object, "the server", stop);
  if (!instance && !concerns_part(instance.error().kind)) return std::unexpected(instance.error());
  const std::string_view said =
      instance ? instance->root.find({"configuration", "urls", "streaming"}).text() : std::string_view{};
  auto address = net::Url::parse(said.empty() ? std::string_view(itself) : said);
  if (!address) return problem(ProblemKind::malformed, "where the server streams: " + address.error().message);
  const bool is_its_own = address->host() == own->host() || address->host().ends_with("." + own->host());
  if (!is_its_own || (own->is_secure() && !address->is_secure())) {
    return problem(ProblemKind::refused,
                   fmt::format("{} streams at {}, which gets no token of it", own->shown(), address->shown()));
  }
  return *address;
}

ProblemKind kind_of(const Error& error) {
  return error.code == ErrorCode::io ? ProblemKind::unavailable : ProblemKind::unauthorized;
}

}  // namespace

std::expected<std::unique_ptr<Watch>, Problem> open_watch(const Source& source, const Access& access,
                                                          std::stop_token stop) {
  if (!reads_notifications(source) || !access.token) return nullptr;
  const auto address = address_of(source);
  if (!address) return problem(ProblemKind::refused, address.error().message);
  const auto server = streaming_server(address->server, access.http, stop);
  if (!server) return std::unexpected(server.error());
  const auto token = access.token();
  if (!token) return problem(kind_of(token.error()), token.error().message);
  net::WebSocketOptions options = access.stream;
  options.headers.set("Authorization", "Bearer " + *token);
  std::string base = server->text();
  while (base.ends_with('/')) base.pop_back();
  auto stream = MessageStream::open(base + "/api/v1/streaming?stream=user:notification", options, std::move(stop));
  if (!stream) return std::unexpected(std::move(stream.error()));
  return std::make_unique<NotificationWatch>(std::move(*stream), "the notifications of " + server->shown());
}

}  // namespace renown::connect::mastodon
