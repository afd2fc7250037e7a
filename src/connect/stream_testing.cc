#include "connect/stream_testing.h"

#include <mutex>
#include <thread>
#include <utility>

#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/websocket.hpp>
#include <fmt/format.h>

#include "ingest/read_all.h"
#include "net/address_guard.h"

namespace renown::connect::test {

class Listener::Socket : public boost::beast::websocket::stream<boost::asio::ip::tcp::socket> {
 public:
  using stream::stream;
};

Listener::Listener(Socket& socket, std::string asked, std::string credential)
    : target(std::move(asked)), authorization(std::move(credential)), socket_(socket) {}

std::int64_t Listener::cursor() const {
  const std::size_t at = target.find("cursor=");
  return at == std::string::npos ? -1 : std::stoll(target.substr(at + 7));
}

void Listener::send(std::string_view bytes, bool is_text) {
  socket_.text(is_text);
  socket_.write(boost::asio::buffer(bytes));
}

void Listener::stay() {
  for (boost::beast::flat_buffer buffer;;) socket_.read(buffer);
}

/// The acceptor and a thread a stream.
class StreamServer::Streams {
 public:
  explicit Streams(Script script) : script_(std::move(script)), acceptor_thread_([this] { accept_all(); }) {}

  ~Streams() {
    {
      const std::lock_guard lock(mutex_);
      is_over_ = true;
    }
    boost::system::error_code ignored;
    boost::asio::ip::tcp::socket(context_).connect(acceptor_.local_endpoint(), ignored);  // wakes the acceptor
    acceptor_thread_.join();
    for (std::thread& thread : threads_) thread.join();
  }
  Streams(const Streams&) = delete;
  Streams& operator=(const Streams&) = delete;

  int port() const { return acceptor_.local_endpoint().port(); }

  std::vector<std::string> targets() const {
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
  mutable std::mutex mutex_;
  bool is_over_ = false;
  std::vector<std::string> targets_;
  std::vector<std::thread> threads_;
  std::thread acceptor_thread_;  ///< last: it uses the rest
};

StreamServer::StreamServer(Script script) : streams_(std::make_unique<Streams>(std::move(script))) {}
StreamServer::~StreamServer() = default;

std::string StreamServer::at() const {
  return fmt::format("127.0.0.1:{}", streams_->port());
}

std::vector<std::string> StreamServer::targets() const {
  return streams_->targets();
}

Access access_to(const StreamServer& server, net::Transport& http, std::int64_t now) {
  return {http, {.guard = *net::AddressGuard::allowing({server.at()})}, now};
}

std::vector<std::string> shown(const model::InteractionBlock& block) {
  std::vector<std::string> rows;
  for (std::size_t i = 0; i < block.size(); ++i) rows.push_back(ingest::shown(block[i]));
  return rows;
}

}  // namespace renown::connect::test
