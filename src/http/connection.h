/// Connection: one client's requests, one after the other. Internal to the server: this includes Asio.
#pragma once

#include <expected>
#include <memory>
#include <string>

#include "http/loop.h"

namespace renown::http {

/// Requests that came together (pipelining) are answered in their order, one at a time. Whatever leaves it unclear
/// where the next request begins closes the connection behind the answer.
class Connection {
 public:
  /// key  as it was counted, for leaving
  Connection(Loop& loop, tcp::socket socket, net::Address peer, std::string key);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  /// The life of a connection; it owns it.
  static boost::asio::awaitable<void> serve(std::unique_ptr<Connection> self);

  void close_if_late(Clock::time_point now);
  void close_if_idle();
  void close();

 private:
  template <class T>
  using Task = boost::asio::awaitable<T>;

  /// What a connection waits for.
  enum class Phase { idle, reading, working, writing };

  struct Exchange;

  Task<void> serve_all();
  Task<bool> serve_one(std::size_t head_bytes);
  Task<std::size_t> read_head();
  Task<std::expected<void, Refusal>> read_body(const Framing& framing, std::size_t most_bytes, std::string& body);
  Task<bool> read_more();
  Task<bool> take_body(Exchange& exchange);
  Task<void> call_handler(Exchange& exchange);
  Task<bool> call_on_worker(Exchange& exchange);
  Task<bool> send_answer(Exchange& exchange);
  Task<bool> send(std::string_view head, std::string_view body);
  Task<void> refuse(Response response);
  Task<void> drain();

  std::string_view unread() const { return std::string_view(in_).substr(taken_); }
  void begin(Phase phase, std::chrono::milliseconds time);
  void extend(std::chrono::milliseconds time, std::uint64_t bytes);
  void make_room();

  Loop& loop_;
  tcp::socket socket_;
  net::Address peer_;
  std::string key_;
  std::string in_;         ///< bytes that came
  std::size_t taken_ = 0;  ///< of them
  Phase phase_ = Phase::idle;
  Clock::time_point begun_, deadline_;
  bool timed_out_ = false, is_closing_ = false;
};

}  // namespace renown::http
