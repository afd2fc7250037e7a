#include "http_lookup/asker.h"

#include <array>
#include <stdexcept>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace renown::bench::http_lookup {
namespace {

constexpr std::size_t kConnections = 32;

int connect_to(int port) {
  const int descriptor = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  if (::connect(descriptor, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
    throw std::runtime_error("nobody answers on port " + std::to_string(port));
  }
  const int yes = 1;
  ::setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
  return descriptor;
}

void send_all(int descriptor, const std::string& bytes) {
  if (::send(descriptor, bytes.data(), bytes.size(), MSG_NOSIGNAL) != static_cast<long>(bytes.size())) {
    throw std::runtime_error("the server went away");
  }
}

}  // namespace

Asker::Asker(int port, std::string question) : question_(std::move(question)), poll_(::epoll_create1(EPOLL_CLOEXEC)) {
  for (std::size_t i = 0; i < kConnections; ++i) {
    connections_.push_back({connect_to(port), 0});
    epoll_event event{.events = EPOLLIN, .data = {.u64 = i}};
    ::epoll_ctl(poll_, EPOLL_CTL_ADD, connections_.back().descriptor, &event);
  }
  send_all(connections_[0].descriptor, question_);
  std::array<char, 4096> buffer;
  const long count = ::recv(connections_[0].descriptor, buffer.data(), buffer.size(), 0);
  if (count <= 0) throw std::runtime_error("the server went away");
  first_answer_.assign(buffer.data(), static_cast<std::size_t>(count));
}

Asker::~Asker() {
  for (const One& each : connections_) ::close(each.descriptor);
  ::close(poll_);
}

void Asker::ask(std::uint64_t times) {
  std::uint64_t asked = 0, answered = 0;
  for (const One& each : connections_) {
    send_all(each.descriptor, question_);
    ++asked;
  }
  std::array<epoll_event, kConnections> events;
  std::array<char, 4096> buffer;
  while (answered < asked) {
    const int ready = ::epoll_wait(poll_, events.data(), static_cast<int>(events.size()), -1);
    for (int i = 0; i < ready; ++i) {
      One& one = connections_[events[static_cast<std::size_t>(i)].data.u64];
      const long count = ::recv(one.descriptor, buffer.data(), buffer.size(), 0);
      if (count <= 0) throw std::runtime_error("the server went away");
      one.received += static_cast<std::size_t>(count);
      if (one.received < first_answer_.size()) continue;
      one.received = 0;
      ++answered;
      if (asked == times) continue;
      send_all(one.descriptor, question_);
      ++asked;
    }
  }
}

}  // namespace renown::bench::http_lookup
