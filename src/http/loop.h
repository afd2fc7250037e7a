/// Loop: one thread's io_context, listener and connections. Internal to the server: this includes Asio.
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <unordered_set>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>

#include "http/connection_count.h"
#include "http/response_text.h"
#include "http/server.h"
#include "http/worker_pool.h"

namespace renown::http {

using Clock = std::chrono::steady_clock;
using tcp = boost::asio::ip::tcp;

/// What the loops of a server share; outlives them.
struct Shared {
  Service& service;
  ServerOptions options;
  ConnectionCount connections;
  WorkerPool pool, disk_pool;
};

class Connection;

/// Everything here but run() and post_stop() happens on the loop's own thread.
class Loop {
 public:
  Loop(Shared& shared, tcp::acceptor&& acceptor);

  void run();             ///< until end()
  void post_stop();       ///< from any thread: stop listening, close what is idle
  void post_close_all();  ///< from any thread: close every connection
  void end() { context_.stop(); }

  static tcp::acceptor listen(boost::asio::io_context& context, const tcp::endpoint& where, bool shares,
                              boost::system::error_code& error);

  boost::asio::io_context& context() { return context_; }
  Shared& shared() { return shared_; }
  bool is_stopping() const { return is_stopping_; }
  std::string_view date();  ///< of now, as text; empty without a clock

 private:
  friend class Connection;
  boost::asio::awaitable<void> accept_all();
  boost::asio::awaitable<void> close_late_ones();
  void take(tcp::socket socket);

  Shared& shared_;
  std::unordered_set<Connection*> connections_;  ///< before the context, whose end is the end of those still open
  boost::asio::io_context context_{1};           ///< one thread runs it
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_{context_.get_executor()};
  tcp::acceptor acceptor_{context_};
  boost::asio::steady_timer accept_pause_{context_}, tick_{context_};
  std::array<char, 64 << 10> scratch_{};  ///< what is read lands here first: an idle connection needs no buffer
  std::int64_t date_seconds_ = -1;
  std::string date_;
  bool is_stopping_ = false;
};

}  // namespace renown::http
