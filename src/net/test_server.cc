#include "net/test_server.h"

#include <csignal>
#include <utility>

#include <arpa/inet.h>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/ascii.h"

namespace renown::net::test {
namespace {

int listen_on_loopback() {
  const int listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  EXPECT_EQ(::bind(listener, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
  EXPECT_EQ(::listen(listener, 64), 0);
  return listener;
}

int listen_everywhere() {
  const int listener = ::socket(AF_INET6, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const int no = 0;
  ::setsockopt(listener, IPPROTO_IPV6, IPV6_V6ONLY, &no, sizeof no);
  sockaddr_in6 address{};
  address.sin6_family = AF_INET6;
  EXPECT_EQ(::bind(listener, reinterpret_cast<sockaddr*>(&address), sizeof address), 0) << "no IPv6 here";
  EXPECT_EQ(::listen(listener, 64), 0);
  return listener;
}

bool more(Connection& connection, std::string& ahead) {
  char buffer[4096];
  const long count = connection.receive(buffer, sizeof buffer);
  if (count > 0) ahead.append(buffer, static_cast<std::size_t>(count));
  return count > 0;
}

bool read_request(Connection& connection, std::string& ahead, Seen& request) {
  while (ahead.find("\r\n\r\n") == std::string::npos) {
    if (!more(connection, ahead)) return false;
  }
  const std::size_t end = ahead.find("\r\n\r\n") + 4;
  request.head = ahead.substr(0, end);
  ahead.erase(0, end);
  const std::size_t blank = request.head.find(' ');
  request.method = request.head.substr(0, blank);
  request.target = request.head.substr(blank + 1, request.head.find(' ', blank + 1) - blank - 1);
  if (request.has(kHangUp)) return true;
  std::size_t size = 0;
  if (const auto at = base::lower(request.head).find("\ncontent-length: "); at != std::string::npos) {
    size = std::stoul(request.head.substr(at + 17));
  }
  while (ahead.size() < size) {
    if (!more(connection, ahead)) return false;
  }
  request.body = ahead.substr(0, size);
  ahead.erase(0, size);
  return true;
}

}  // namespace

Connection::Connection(int descriptor, SSL_CTX* tls) : descriptor_(descriptor) {
  if (tls == nullptr) return;
  ssl_ = SSL_new(tls);
  SSL_set_fd(ssl_, descriptor_);
  open_ = SSL_accept(ssl_) == 1;
}

Connection::~Connection() {
  if (ssl_ != nullptr) SSL_free(ssl_);
  if (descriptor_ >= 0) ::close(descriptor_);
}

bool Connection::send(std::string_view bytes) {
  while (open_ && !bytes.empty()) {
    const long sent = ssl_ != nullptr ? SSL_write(ssl_, bytes.data(), static_cast<int>(bytes.size()))
                                      : ::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) open_ = false;
    if (sent > 0) bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return open_;
}

void Connection::reset() {
  const linger now{1, 0};
  ::setsockopt(descriptor_, SOL_SOCKET, SO_LINGER, &now, sizeof now);
  ::close(descriptor_);
  descriptor_ = -1;
  open_ = false;
}

void Connection::close() {
  ::shutdown(descriptor_, SHUT_RDWR);
  open_ = false;
}

void Connection::wait_for_close() {
  char byte = 0;
  while (open_ && receive(&byte, 1) > 0) {
  }
  open_ = false;
}

long Connection::receive(char* buffer, std::size_t size) {
  return ssl_ != nullptr ? SSL_read(ssl_, buffer, static_cast<int>(size)) : ::recv(descriptor_, buffer, size, 0);
}

void Connection::shut() {
  ::shutdown(descriptor_, SHUT_RDWR);
}

std::string reply(std::string_view body, std::string_view headers, std::string_view status) {
  return fmt::format("HTTP/1.1 {}\r\nContent-Length: {}\r\n{}\r\n{}", status, body.size(), headers, body);
}

std::string redirect_to(std::string_view where, std::string_view status) {
  return reply("", fmt::format("Location: {}\r\n", where), status);
}

TestServer::TestServer(Handler handler, SSL_CTX* tls, bool everywhere) : handler_(std::move(handler)), tls_(tls) {
  listener_ = everywhere ? listen_everywhere() : listen_on_loopback();
  sockaddr_in6 address{};
  socklen_t size = sizeof address;
  ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
  port_ = ntohs(address.sin6_port);  // at the same place for IPv4
  acceptor_ = std::thread([this] { accept_all(); });
}

void TestServer::stop() {
  if (stopping_.exchange(true)) return;
  ::shutdown(listener_, SHUT_RDWR);
  acceptor_.join();
  ::close(listener_);
  {
    const std::lock_guard lock(mutex_);
    for (Connection* one : open_) one->shut();
  }
  for (std::thread& worker : workers_) worker.join();
}

std::string TestServer::at() const {
  return fmt::format("127.0.0.1:{}", port_);
}

std::string TestServer::url(std::string_view target) const {
  return fmt::format("{}://{}{}", tls_ != nullptr ? "https" : "http", at(), target);
}

std::vector<Seen> TestServer::seen() const {
  const std::lock_guard lock(mutex_);
  return seen_;
}

void TestServer::accept_all() {
  while (!stopping_) {
    const int descriptor = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (descriptor < 0) continue;
    ++accepted_;
    workers_.emplace_back([this, descriptor] { serve(descriptor); });
  }
}

void TestServer::serve(int descriptor) {
  sigset_t pipe;  // OpenSSL writes to clients that have gone; the thread that fetches looks after itself
  sigemptyset(&pipe);
  sigaddset(&pipe, SIGPIPE);
  pthread_sigmask(SIG_BLOCK, &pipe, nullptr);
  Connection connection(descriptor, tls_);
  {
    const std::lock_guard lock(mutex_);
    open_.push_back(&connection);
  }
  std::string ahead;
  Seen request;
  while (!stopping_ && connection.is_open() && read_request(connection, ahead, request)) {
    {
      const std::lock_guard lock(mutex_);
      seen_.push_back(request);
    }
    handler_(request, connection);
  }
  const std::lock_guard lock(mutex_);
  std::erase(open_, &connection);
}

}  // namespace renown::net::test
