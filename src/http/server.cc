#include "http/server.h"

#include <algorithm>
#include <thread>
#include <utility>
#include <vector>

#include <boost/asio/ip/address.hpp>
#include <fmt/format.h>

#include "http/loop.h"

namespace renown::http {
namespace {

using boost::system::error_code;

constexpr std::chrono::milliseconds kLookForEnd{5};

Error listen_error(const ServerOptions& options, const error_code& error) {
  const std::string where = fmt::format("{} port {}", options.address, options.port);
  if (error == boost::asio::error::address_in_use) {
    return {ErrorCode::busy, fmt::format("{} is taken by another program; stop it or choose another port", where)};
  }
  if (error == boost::system::errc::address_not_available) {
    return bad_input(fmt::format("{} is no address of this machine", options.address));
  }
  return {ErrorCode::io, fmt::format("cannot listen on {}: {}", where, error.message())};
}

}  // namespace

struct Server::State {
  State(Service& service, ServerOptions options)
      : shared{service, options, ConnectionCount(options.limits.connections, options.limits.connections_per_address),
               WorkerPool(std::max(options.workers, 1u), options.worker_queue),
               WorkerPool(std::max(options.disk_workers, 1u), options.worker_queue)} {}

  Result<void> listen();
  void stop(std::chrono::milliseconds grace);
  bool ends_within(std::chrono::milliseconds time);

  Shared shared;
  std::vector<std::unique_ptr<Loop>> loops;
  std::vector<std::thread> threads;
  std::uint16_t port = 0;
};

Result<void> Server::State::listen() {
  error_code error;
  const auto address = boost::asio::ip::make_address(shared.options.address, error);
  if (error) return bad_input(fmt::format("'{}' is no address; 127.0.0.1 is one", shared.options.address));
  boost::asio::io_context trial;
  tcp::endpoint where(address, shared.options.port);
  {
    const tcp::acceptor alone = Loop::listen(trial, where, false, error);
    if (error) return listen_error(shared.options, error);
    where.port(alone.local_endpoint(error).port());
  }
  for (unsigned i = 0; i < std::max(shared.options.io_threads, 1u); ++i) {
    tcp::acceptor acceptor = Loop::listen(trial, where, true, error);
    if (error) return listen_error(shared.options, error);
    loops.push_back(std::make_unique<Loop>(shared, std::move(acceptor)));
  }
  port = where.port();
  for (const auto& loop : loops) threads.emplace_back([&loop] { loop->run(); });
  return {};
}

bool Server::State::ends_within(std::chrono::milliseconds time) {
  for (const auto end = Clock::now() + time; shared.connections.open() > 0;) {
    if (Clock::now() >= end) return false;
    std::this_thread::sleep_for(kLookForEnd);
  }
  return true;
}

/// The workers end last but for the memory of the loops: what runs writes into it, and what waits holds a part of it.
void Server::State::stop(std::chrono::milliseconds grace) {
  if (threads.empty()) return;
  for (const auto& loop : loops) loop->post_stop();
  if (!ends_within(grace)) {
    for (const auto& loop : loops) loop->post_close_all();
    ends_within(std::chrono::milliseconds(100));
  }
  for (const auto& loop : loops) loop->end();
  for (std::thread& thread : std::exchange(threads, {})) thread.join();
  shared.pool.stop();
  shared.disk_pool.stop();
  loops.clear();
}

Result<std::unique_ptr<Server>> Server::start(Service& service, ServerOptions options) {
  auto state = std::make_unique<State>(service, std::move(options));
  if (auto listening = state->listen(); !listening) return listening.error();
  return std::unique_ptr<Server>(new Server(std::move(state)));
}

Server::Server(std::unique_ptr<State> state) : state_(std::move(state)) {}

Server::~Server() {
  stop();
}

std::uint16_t Server::port() const {
  return state_->port;
}

void Server::stop(std::chrono::milliseconds grace) {
  state_->stop(grace);
}

}  // namespace renown::http
