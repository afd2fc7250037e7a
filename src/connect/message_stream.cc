#include "connect/message_stream.h"

#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

namespace renown::connect {

struct MessageStream::Shared {
  std::unique_ptr<net::WebSocket> socket;
  std::mutex mutex;
  std::condition_variable_any changed;
  std::vector<net::WebSocketMessage> messages;
  std::size_t size_bytes = 0;  ///< of these
  std::optional<Problem> ended;
  std::jthread reader;  ///< last: it uses the rest

  void read_on(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
      auto message = socket->read(stop);
      std::unique_lock lock(mutex);
      if (!message) {
        ended = problem_of(message.error());
        changed.notify_all();
        return;
      }
      changed.wait(lock, stop, [&] { return size_bytes < kMostBytes; });
      size_bytes += message->bytes.size();
      messages.push_back(std::move(*message));
      if (messages.size() == 1) changed.notify_all();
    }
  }
};

MessageStream::MessageStream(std::unique_ptr<Shared> shared) : shared_(std::move(shared)) {}
MessageStream::~MessageStream() = default;

std::expected<std::unique_ptr<MessageStream>, Problem> MessageStream::open(const std::string& url,
                                                                           const net::WebSocketOptions& options,
                                                                           std::stop_token stop) {
  auto socket = net::WebSocket::open(url, options, std::move(stop));
  if (!socket) return std::unexpected(problem_of(socket.error()));
  auto shared = std::make_unique<Shared>();
  shared->socket = std::move(*socket);
  shared->reader = std::jthread([own = shared.get()](const std::stop_token& end) { own->read_on(end); });
  return std::unique_ptr<MessageStream>(new MessageStream(std::move(shared)));
}

std::expected<std::vector<net::WebSocketMessage>, Problem> MessageStream::take(std::chrono::milliseconds patience,
                                                                               std::stop_token stop) {
  Shared& shared = *shared_;
  std::unique_lock lock(shared.mutex);
  shared.changed.wait_for(lock, stop, patience, [&] { return !shared.messages.empty() || shared.ended; });
  if (stop.stop_requested()) return std::unexpected(Problem{ProblemKind::cancelled, "the stream was stopped"});
  if (shared.messages.empty() && shared.ended) return std::unexpected(*shared.ended);
  shared.size_bytes = 0;
  std::vector<net::WebSocketMessage> taken = std::exchange(shared.messages, {});
  shared.changed.notify_all();
  return taken;
}

}  // namespace renown::connect
