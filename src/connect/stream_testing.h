/// What tests of streams share: a WebSocket server of Beast's own.
#pragma once

#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/websocket.hpp>
#include <fmt/format.h>

#include "connect/connector.h"
#include "ingest/read_all.h"
#include "net/fetcher.h"

namespace renown::connect::test {

/// One stream that somebody opened.
class Listener {
 public:
  using Socket = boost::beast::websocket::stream<boost::asio::ip::tcp::socket>;

  Listener(Socket& socket, std::string asked, std::string credential)
      : target(std::move(asked)), authorization(std::move(credential)), socket_(socket) {}

  const std::string target;         ///< "/xrpc/com.atproto.sync.subscribeRepos?cursor=7"
  const std::string authorization;  ///< the header; empty where there was none

  /// The number behind "cursor="; -1 where there is none.
  std::int64_t cursor() const {
    const std::size_t at = target.find("cursor=");
    return at == std::string::npos ? -1 : std::stoll(target.substr(at + 7));
  }

  void send(std::string_view bytes, bool is_text = false) {
    socket_.text(is_text);
    socket_.write(boost::asio::buffer(bytes));
  }

  /// Answers pings until the client goes.
  void stay() {
    for (boost::beast::flat_buffer buffer;;) socket_.read(buffer);
  }

 private:
  Socket& socket_;
};

/// Does with each stream what the script says, and then closes it.
class StreamServer {
 public:
  using Script = std::function<void(Listener&)>;

  explicit StreamServer(Script script) : script_(std::move(script)), acceptor_thread_([this] { accept_all(); }) {}

  ~StreamServer() {
    {
      const std::lock_guard lock(mutex_);
      is_over_ = true;
    }
    boost::system::error_code ignored;
    boost::asio::ip::tcp::socket(context_).connect(acceptor_.local_endpoint(), ignored);  // wakes the acceptor
    acceptor_thread_.join();
    for (std::thread& thread : threads_) thread.join();
  }

  std::string at() { return fmt::format("127.0.0.1:{}", acceptor_.local_endpoint().port()); }
  std::string url() { return "http://" + at(); }

  /// What was asked for so far.
  std::vector<std::string> targets() {
    const std::lock_guard lock(mutex_);
    return targets_;
  }

 private:
  void accept_all() {
    for (;;) {
      boost::system::error_code error;
      boost::asio::ip::tcp::socket socket = acceptor_.accept(error);
      const std::lock_guard lock(mutex_);
      if (is_over_) return;
      threads_.emplace_back([this, own = std::move(socket)]() mutable { serve(std::move(own)); });
    }
  }

  void serve(boost::asio::ip::tcp::socket accepted) {
    namespace http = boost::beast::http;
    try {
      boost::beast::flat_buffer buffer;
      http::request<http::empty_body> request;
      http::read(accepted, buffer, request);
      Listener::Socket socket(std::move(accepted));
      socket.accept(request);
      Listener listener(socket, std::string(request.target()), std::string(request[http::field::authorization]));
      {
        const std::lock_guard lock(mutex_);
        targets_.push_back(listener.target);
      }
      script_(listener);
      socket.close(boost::beast::websocket::close_code::normal);
    } catch (const boost::system::system_error&) {  // the client went: what a test wants to know, the client says
    }
  }

  Script script_;
  boost::asio::io_context context_;
  boost::asio::ip::tcp::acceptor acceptor_{context_,
                                           boost::asio::ip::tcp::endpoint(boost::asio::ip::address_v4::loopback(), 0)};
  std::mutex mutex_;
  bool is_over_ = false;
  std::vector<std::string> targets_;
  std::vector<std::thread> threads_;
  std::thread acceptor_thread_;  ///< last: it uses the rest
};

/// With what a connector reaches the server; `http` is not asked by streams.
inline Access access_to(StreamServer& server, net::Transport& http, std::int64_t now) {
  return {http, {.guard = *net::AddressGuard::allowing({server.at()})}, now};
}

inline std::vector<std::string> shown(const model::InteractionBlock& block) {
  std::vector<std::string> rows;
  for (std::size_t i = 0; i < block.size(); ++i) rows.push_back(ingest::shown(block[i]));
  return rows;
}

}  // namespace renown::connect::test
