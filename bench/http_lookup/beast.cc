#include <thread>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>

#include "http_lookup/ask_server.h"
#include "http_lookup/task.h"

namespace renown::bench::http_lookup {
namespace {

namespace asio = boost::asio;
namespace beast_http = boost::beast::http;
using tcp = asio::ip::tcp;

asio::awaitable<void> serve(tcp::socket socket, const Input& input) {
  const std::string padding(input.padding, 'x');
  try {
    boost::beast::flat_buffer buffer;
    while (true) {
      beast_http::request<beast_http::string_body> request;
      co_await beast_http::async_read(socket, buffer, request, asio::use_awaitable);
      beast_http::response<beast_http::string_body> response(beast_http::status::ok, request.version());
      response.set(beast_http::field::content_type, "application/json");
      response.set("X-Pad", padding);
      response.keep_alive(request.keep_alive());
      response.body() = request.target().starts_with("/v1/") ? input.body : "{}";
      response.prepare_payload();
      co_await beast_http::async_write(socket, response, asio::use_awaitable);
    }
  } catch (const std::exception&) {  // the client has gone
  }
}

asio::awaitable<void> listen(tcp::acceptor& acceptor, const Input& input) {
  while (true) {
    tcp::socket socket = co_await acceptor.async_accept(asio::use_awaitable);
    socket.set_option(tcp::no_delay(true));
    asio::co_spawn(acceptor.get_executor(), serve(std::move(socket), input), asio::detached);
  }
}

class Beast final : public AskServer {
 public:
  explicit Beast(const Input& input) : input_(input) {}
  ~Beast() override {
    context_.stop();
    if (thread_.joinable()) thread_.join();
  }

  void prepare() override {
    asio::co_spawn(context_, listen(acceptor_, input_), asio::detached);
    thread_ = std::thread([this] { context_.run(); });
    connect(acceptor_.local_endpoint().port(), input_.question);
  }

 private:
  std::uint64_t fingerprint(std::string_view body) const override {
    return input_.service_port == 0 ? AskServer::fingerprint(body) : score_bits(body);
  }

  const Input& input_;
  asio::io_context context_{1};
  tcp::acceptor acceptor_{context_, tcp::endpoint(asio::ip::address_v4::loopback(), 0)};
  std::thread thread_;
};

}  // namespace

std::unique_ptr<Candidate> beast(const Input& input) {
  return std::make_unique<Beast>(input);
}

}  // namespace renown::bench::http_lookup
