#include "http/loop.h"

#include <cerrno>
#include <exception>
#include <utility>

#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <sys/socket.h>

#include "http/connection.h"
#include "http/problem.h"
#include "net/http_date.h"

namespace renown::http {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;

constexpr std::chrono::milliseconds kTick{50};         // how late a deadline is noticed
constexpr std::chrono::milliseconds kAcceptPause{50};  // after an error: no descriptors are left, most often
constexpr int kSendBuffer = 128 << 10;  // bytes: the system's own may grow to megabytes for each slow reader

}  // namespace

Loop::Loop(Shared& shared, tcp::acceptor&& acceptor) : shared_(shared) {
  error_code error;
  const auto protocol = acceptor.local_endpoint(error).protocol();
  acceptor_.assign(protocol, acceptor.release(error), error);
  asio::co_spawn(context_, accept_all(), asio::detached);
  asio::co_spawn(context_, close_late_ones(), asio::detached);
}

tcp::acceptor Loop::listen(asio::io_context& context, const tcp::endpoint& where, bool shares, error_code& error) {
  tcp::acceptor acceptor(context);
  acceptor.open(where.protocol(), error);
  if (!error) acceptor.set_option(tcp::acceptor::reuse_address(true), error);
  const int yes = 1;
  if (!error && shares && ::setsockopt(acceptor.native_handle(), SOL_SOCKET, SO_REUSEPORT, &yes, sizeof yes) != 0) {
    error.assign(errno, boost::system::system_category());
  }
  if (!error) acceptor.bind(where, error);
  if (!error) acceptor.listen(asio::socket_base::max_listen_connections, error);
  return acceptor;
}

void Loop::run() {
  context_.run();
}

std::string_view Loop::date() {
  if (!shared_.options.unix_seconds) return {};
  if (const std::int64_t now = shared_.options.unix_seconds(); now != date_seconds_) {
    date_seconds_ = now;
    date_ = net::http_date(now);
  }
  return date_;
}

void Loop::post_stop() {
  asio::post(context_, [this] {
    is_stopping_ = true;
    error_code ignored;
    acceptor_.close(ignored);
    for (Connection* each : connections_) each->close_if_idle();
  });
}

void Loop::post_close_all() {
  asio::post(context_, [this] {
    for (Connection* each : connections_) each->close();
  });
}

asio::awaitable<void> Loop::accept_all() {
  bool has_failed = false;
  while (!is_stopping_) {
    try {
      error_code error;
      if (std::exchange(has_failed, false)) {
        accept_pause_.expires_after(kAcceptPause);
        co_await accept_pause_.async_wait(asio::redirect_error(asio::use_awaitable, error));
      }
      tcp::socket socket = co_await acceptor_.async_accept(asio::redirect_error(asio::use_awaitable, error));
      if (is_stopping_) co_return;
      has_failed = error.failed();
      if (!error) take(std::move(socket));
    } catch (const std::exception& failure) {  // no memory: this one is not let in
      has_failed = true;
      shared_.service.report(std::string("a connection was not taken: ") + failure.what());
    }
  }
}

void Loop::take(tcp::socket socket) {
  error_code error;
  const tcp::endpoint end = socket.remote_endpoint(error);
  const auto peer = net::Address::from(end.data(), end.size());
  if (error || !peer) return;  // it has gone already
  const std::string key = shared_.options.proxies.contains(*peer) ? std::string() : limit_key(*peer);
  socket.non_blocking(true, error);
  if (!shared_.connections.enter(key)) {
    ++shared_.service.metrics().refused_connections;
    Response response = problem(503, "there are too many connections; ask again in a second");
    response.headers.add("Retry-After", "1");
    const std::string text = response_head(response, {.keep_alive = false}) + std::string(response.body.bytes());
    socket.write_some(asio::buffer(text), error);
    return;
  }
  socket.set_option(tcp::no_delay(true), error);
  socket.set_option(tcp::socket::send_buffer_size(kSendBuffer), error);
  std::unique_ptr<Connection> connection;
  try {
    connection = std::make_unique<Connection>(*this, std::move(socket), *peer, key);
  } catch (...) {
    shared_.connections.leave(key);
    throw;
  }
  asio::co_spawn(context_, Connection::serve(std::move(connection)), asio::detached);
}

asio::awaitable<void> Loop::close_late_ones() {
  while (true) {
    try {
      error_code error;
      tick_.expires_after(kTick);
      co_await tick_.async_wait(asio::redirect_error(asio::use_awaitable, error));
      const auto now = Clock::now();
      for (Connection* each : connections_) each->close_if_late(now);
    } catch (const std::exception& failure) {  // no memory: without this, nobody would ever be late
      shared_.service.report(std::string("deadlines were not looked at: ") + failure.what());
    }
  }
}

}  // namespace renown::http
