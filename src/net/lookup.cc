#include "net/lookup.h"

#include <condition_variable>
#include <cstring>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

#include <fmt/format.h>
#include <netdb.h>

namespace renown::net {
namespace {

/// Held by who asks and by who waits; the last one to go takes it away.
struct Question {
  std::string host;
  std::string port;
  std::mutex mutex;
  std::condition_variable_any answered;
  std::optional<std::vector<SocketAddress>> answer;
};

void ask(const std::shared_ptr<Question>& question) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_NUMERICSERV;
  addrinfo* found = nullptr;
  std::vector<SocketAddress> addresses;
  if (::getaddrinfo(question->host.c_str(), question->port.c_str(), &hints, &found) == 0) {
    for (const addrinfo* one = found; one != nullptr; one = one->ai_next) {
      if (one->ai_addrlen > sizeof(sockaddr_storage)) continue;
      SocketAddress& address = addresses.emplace_back();
      std::memcpy(&address.bytes, one->ai_addr, one->ai_addrlen);
      address.size_bytes = one->ai_addrlen;
    }
    ::freeaddrinfo(found);
  }
  const std::lock_guard lock(question->mutex);
  question->answer = std::move(addresses);
  question->answered.notify_all();
}

}  // namespace

std::expected<std::vector<SocketAddress>, Failure> look_up(const std::string& host, std::uint16_t port,
                                                           std::chrono::milliseconds most_time, std::stop_token stop) {
  const auto question = std::make_shared<Question>();
  question->host = host;
  question->port = std::to_string(port);
  std::thread([question] { ask(question); }).detach();
  std::unique_lock lock(question->mutex);
  question->answered.wait_for(lock, stop, most_time, [&] { return question->answer.has_value(); });
  if (!question->answer && stop.stop_requested()) {
    return std::unexpected(Failure{FailureKind::cancelled, "the stream was stopped"});
  }
  if (!question->answer) {
    return std::unexpected(Failure{FailureKind::timeout, fmt::format("no name server answered for {} in time", host)});
  }
  if (question->answer->empty()) {
    return std::unexpected(Failure{
        FailureKind::dns,
        fmt::format("the name {} has no address; check its spelling and the connection to the internet", host)});
  }
  return std::move(*question->answer);
}

}  // namespace renown::net
