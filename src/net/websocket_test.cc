/// The WebSocket client against a server of Beast's own, and against servers that are none.
#include "net/websocket.h"

#include <atomic>
#include <chrono>
#include <functional>
#include <sstream>
#include <thread>

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/ssl.hpp>
#include <boost/beast/websocket.hpp>
#include <boost/beast/websocket/ssl.hpp>
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "io/testing.h"
#include "net/test_certificate.h"
#include "net/test_server.h"

namespace renown::net {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
using tcp = asio::ip::tcp;
using Socket = beast::websocket::stream<tcp::socket>;
using SecureSocket = beast::websocket::stream<asio::ssl::stream<tcp::socket>>;
using test::TestServer;

/// Takes one connection and does with it what the script says.
class BeastServer {
 public:
  using Script = std::function<void(tcp::socket)>;
  explicit BeastServer(Script script) : thread_([this, script = std::move(script)] { serve(script); }) {}
  ~BeastServer() {
    // Wakes an accept that nobody came to.
    if (!accepted_) {
      beast::error_code ignored;
      tcp::socket(context_).connect(acceptor_.local_endpoint(), ignored);
    }
    thread_.join();
  }
  std::string at() { return fmt::format("127.0.0.1:{}", acceptor_.local_endpoint().port()); }
  bool accepted() const { return accepted_; }

 private:
  void serve(const Script& script) {
    beast::error_code error;
    tcp::socket socket = acceptor_.accept(error);
    accepted_ = true;
    try {
      script(std::move(socket));
    } catch (const boost::system::system_error&) {  // the client went: what a test wants to know, the client says
    }
  }
  asio::io_context context_;
  tcp::acceptor acceptor_{context_, tcp::endpoint(asio::ip::address_v4::loopback(), 0)};
  std::atomic<bool> accepted_{false};
  std::thread thread_;
};

/// A script for a stream that is open already.
BeastServer::Script opened(std::function<void(Socket&)> then) {
  return [then = std::move(then)](tcp::socket socket) {
    Socket stream(std::move(socket));
    stream.accept();
    then(stream);
  };
}

template <class Stream>
void echo(Stream& stream) {
  for (;;) {
    beast::flat_buffer buffer;
    stream.read(buffer);
    stream.text(stream.got_text());
    stream.write(buffer.data());
  }
}

void send(Socket& stream, std::string_view text) {
  stream.text(true);
  stream.write(asio::buffer(text));
}

/// Reads, and so answers pings, until the client goes.
void read_on(Socket& stream) {
  for (beast::flat_buffer buffer;;) stream.read(buffer);
}

WebSocketOptions allowing(const std::string& host) {
  WebSocketOptions options;
  options.user_agent = "renown-test";
  options.guard = *AddressGuard::allowing({host});
  return options;
}

std::unique_ptr<WebSocket> open(BeastServer& server, WebSocketOptions options) {
  options.guard = *AddressGuard::allowing({server.at()});
  auto stream = WebSocket::open("ws://" + server.at() + "/stream?cursor=1", options);
  EXPECT_TRUE(stream) << stream.error().message;
  return stream ? std::move(*stream) : nullptr;
}

template <class T>
FailureKind kind(const std::expected<T, Failure>& result) {
  EXPECT_FALSE(result);
  return result ? FailureKind::internal : result.error().kind;
}

TEST(WebSocket, carries_text_and_bytes_both_ways) {
  BeastServer server(opened([](Socket& stream) { echo(stream); }));
  auto stream = open(server, {});
  ASSERT_TRUE(stream);
  const std::string large(1 << 20, 'x');
  for (const auto& [bytes, is_text] : {std::pair<std::string, bool>{"hello", true},
                                       {std::string("\xff\0\x01", 3), false},
                                       {"", true},
                                       {large, false}}) {
    ASSERT_TRUE(stream->write(bytes, is_text));
    const auto message = stream->read();
    ASSERT_TRUE(message) << message.error().message;
    EXPECT_EQ(message->bytes, bytes);
    EXPECT_EQ(message->is_text, is_text);
  }
  stream->close();
  EXPECT_EQ(kind(stream->read()), FailureKind::reset) << "closed is closed";
  EXPECT_EQ(kind(stream->write("x", true)), FailureKind::reset);
}

TEST(WebSocket, messages_that_are_there_are_not_waited_for) {
  constexpr int kMessages = 2'000;
  BeastServer server(opened([](Socket& stream) {
    for (int i = 0; i < kMessages; ++i) send(stream, "x");
    read_on(stream);
  }));
  auto stream = open(server, {});
  ASSERT_TRUE(stream);
  const auto begin = std::chrono::steady_clock::now();
  for (int i = 0; i < kMessages; ++i) ASSERT_TRUE(stream->read());
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(20)) << "a tenth of a second each is 200 s";
}

TEST(WebSocket, sends_its_headers_and_offers_no_compression) {
  for (const bool compress : {false, true}) {
    std::string head;
    BeastServer server([&head](tcp::socket socket) {
      beast::flat_buffer buffer;
      beast::http::request<beast::http::empty_body> request;
      beast::http::read(socket, buffer, request);
      std::ostringstream text;
      text << request.base();
      head = text.str();
      Socket stream(std::move(socket));
      stream.accept(request);
      send(stream, "hello");
      read_on(stream);
    });
    {
      WebSocketOptions options;
      options.user_agent = "renown-test";
      options.headers = {{"Authorization", "Bearer x"}};
      options.compress = compress;
      auto stream = open(server, options);
      ASSERT_TRUE(stream && stream->read());
    }
    EXPECT_NE(head.find("GET /stream?cursor=1 HTTP/1.1\r\n"), std::string::npos) << head;
    EXPECT_NE(head.find("Host: " + server.at() + "\r\n"), std::string::npos) << head;
    EXPECT_NE(head.find("User-Agent: renown-test\r\n"), std::string::npos) << head;
    EXPECT_NE(head.find("Authorization: Bearer x\r\n"), std::string::npos) << head;
    EXPECT_EQ(head.find("permessage-deflate") != std::string::npos, compress) << head;
  }
}

TEST(WebSocket, goes_nowhere_that_is_not_allowed) {
  TestServer canary([](const test::Seen&, test::Connection&) {}, nullptr, true);
  for (const char* host : {"127.0.0.1", "localhost", "0x7f.1", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0", "127.0.0.2"}) {
    for (const char* scheme : {"ws", "wss"}) {
      EXPECT_EQ(kind(WebSocket::open(fmt::format("{}://{}:{}/", scheme, host, canary.port()), {})),
                FailureKind::refused_address)
          << host;
    }
  }
  EXPECT_EQ(canary.accepted(), 0);
  const auto refused = WebSocket::open("ws://10.0.0.1/x?token=hunter2", {});
  EXPECT_EQ(
      refused.error().message,
      "ws://10.0.0.1/x leads to the private address 10.0.0.1, to which Renown does not connect; if that is a server of "
      "yours, allow 10.0.0.1:80");
  EXPECT_EQ(kind(WebSocket::open("http://example.org/", {})), FailureKind::bad_url);
  EXPECT_EQ(kind(WebSocket::open("nonsense", {})), FailureKind::bad_url);
  WebSocketOptions split = allowing(canary.at());
  split.headers = {{"X", "a\r\nY: b"}};
  EXPECT_EQ(kind(WebSocket::open("ws://" + canary.at() + "/", split)), FailureKind::bad_request);
  EXPECT_EQ(canary.accepted(), 0);
}

TEST(WebSocket, a_certificate_is_refused_until_its_ca_is_given) {
  io::testing::TemporaryFolder folder;
  test::TestCertificate certificate(folder / "ca.pem");
  for (const bool trusted : {false, true}) {
    BeastServer server([&](tcp::socket socket) {
      SSL_CTX_up_ref(certificate.context());
      asio::ssl::context context(certificate.context());
      SecureSocket stream(std::move(socket), context);
      stream.next_layer().handshake(asio::ssl::stream_base::server);
      stream.accept();
      echo(stream);
    });
    WebSocketOptions options = allowing(server.at());
    if (trusted) options.ca_file = folder / "ca.pem";
    auto stream = WebSocket::open("wss://" + server.at() + "/", options);
    EXPECT_TRUE(server.accepted());
    if (!trusted) {
      EXPECT_EQ(kind(stream), FailureKind::tls);
      EXPECT_EQ(stream.error().message,
                fmt::format(
                    "the certificate of {} is not trusted, or no secure connection could be made; if that is a server "
                    "of yours, give its CA file",
                    server.at()));
      continue;
    }
    ASSERT_TRUE(stream) << stream.error().message;
    ASSERT_TRUE((*stream)->write("hello", true));
    EXPECT_EQ((*stream)->read()->bytes, "hello");
  }
}

TEST(WebSocketFault, a_message_beyond_the_cap) {
  std::atomic<bool> sent{false};
  BeastServer server(opened([&](Socket& stream) {
    send(stream, std::string(1000, 'x'));
    sent = true;
    send(stream, std::string(1001, 'x'));
    read_on(stream);
  }));
  auto stream = open(server, {.message_bytes = 1000});
  ASSERT_TRUE(stream);
  EXPECT_EQ(stream->read()->bytes.size(), 1000U);
  EXPECT_EQ(kind(stream->read()), FailureKind::too_large);
  EXPECT_TRUE(sent);
}

TEST(WebSocketFault, a_silent_server_that_answers_pings_is_alive) {
  std::atomic<int> pings{0};
  BeastServer server(opened([&](Socket& stream) {
    stream.control_callback([&](beast::websocket::frame_type type, beast::string_view) {
      if (type == beast::websocket::frame_type::ping && ++pings == 3) send(stream, "still here");
    });
    read_on(stream);
  }));
  auto stream = open(server, {.idle_time = std::chrono::milliseconds(400)});
  ASSERT_TRUE(stream);
  const auto message = stream->read();
  ASSERT_TRUE(message) << message.error().message;
  EXPECT_EQ(message->bytes, "still here");
  EXPECT_GE(pings, 3);
}

TEST(WebSocketFault, a_server_that_answers_no_ping_is_dead) {
  std::atomic<bool> heard{false};
  BeastServer server(opened([&](Socket& stream) {
    char bytes[64];
    beast::error_code error;
    while (stream.next_layer().read_some(asio::buffer(bytes), error) > 0) heard = true;  // reads, and says nothing
  }));
  auto stream = open(server, {.idle_time = std::chrono::milliseconds(400)});
  ASSERT_TRUE(stream);
  const auto dead = stream->read();
  EXPECT_EQ(kind(dead), FailureKind::timeout);
  EXPECT_EQ(dead.error().message, "ws://" + server.at() + "/stream gave no sign of life in time");
  EXPECT_TRUE(heard) << "it was pinged";
}

TEST(WebSocketFault, a_server_that_never_shakes_hands) {
  BeastServer server([](tcp::socket socket) {
    char byte = 0;
    beast::error_code error;
    while (socket.read_some(asio::buffer(&byte, 1), error) > 0) {
    }
  });
  WebSocketOptions options = allowing(server.at());
  options.open_time = std::chrono::milliseconds(300);
  EXPECT_EQ(kind(WebSocket::open("ws://" + server.at() + "/", options)), FailureKind::timeout);
  EXPECT_TRUE(server.accepted());
}

TEST(WebSocketFault, a_close_says_its_code) {
  BeastServer server(
      opened([](Socket& stream) { stream.close({static_cast<beast::websocket::close_code>(4000), "too slow"}); }));
  auto stream = open(server, {});
  ASSERT_TRUE(stream);
  const auto closed = stream->read();
  EXPECT_EQ(kind(closed), FailureKind::reset);
  EXPECT_EQ(closed.error().message, "ws://" + server.at() + "/stream closed the stream (code 4000)");
}

TEST(WebSocketFault, a_reset_in_the_middle) {
  BeastServer server(opened([](Socket& stream) {
    send(stream, "one");
    stream.next_layer().set_option(asio::socket_base::linger(true, 0));
    stream.next_layer().close();
  }));
  auto stream = open(server, {});
  ASSERT_TRUE(stream);
  const auto first = stream->read();
  // A reset may overtake what was sent.
  EXPECT_EQ(kind(first ? stream->read() : first), FailureKind::reset);
}

TEST(WebSocketFault, frames_that_are_none) {
  // A reserved bit, an unknown opcode, a masked frame of a server, text that is not UTF-8, a ping of 126 bytes.
  for (const std::string& frame :
       {std::string("\xc1\x01x"), std::string("\x83\x01x"), std::string("\x81\x81\x01\x02\x03\x04x"),
        std::string("\x81\x01\xff"), std::string("\x89\x7e\x00\x7e", 4) + std::string(126, 'x')}) {
    BeastServer server(opened([&](Socket& stream) {
      asio::write(stream.next_layer(), asio::buffer(frame));
      read_on(stream);
    }));
    auto stream = open(server, {});
    ASSERT_TRUE(stream);
    EXPECT_EQ(kind(stream->read()), FailureKind::malformed);
  }
}

TEST(WebSocketFault, what_is_no_web_socket) {
  for (const auto& [answer, wanted] :
       {std::pair<std::string, FailureKind>{test::reply("x", "", "401 Unauthorized"), FailureKind::malformed},
        {test::reply("x"), FailureKind::malformed},
        {test::redirect_to("ws://127.0.0.1/"), FailureKind::malformed},
        {"HTTP/1.1 101 Switching\r\nUpgrade: websocket\r\nConnection: upgrade\r\nSec-WebSocket-Accept: x\r\n\r\n",
         FailureKind::malformed}}) {
    TestServer server([&](const test::Seen&, test::Connection& connection) { connection.send(answer); });
    const auto stream = WebSocket::open("ws://" + server.at() + "/", allowing(server.at()));
    EXPECT_EQ(kind(stream), wanted) << answer << stream.error().message;
    EXPECT_EQ(server.seen().size(), 1U);
    if (answer.find("401") != std::string::npos) {
      EXPECT_EQ(stream.error().message, "ws://" + server.at() + "/ opens no WebSocket (status 401)");
    }
  }
  TestServer gone([](const test::Seen&, test::Connection& connection) { connection.reset(); });
  EXPECT_EQ(kind(WebSocket::open("ws://" + gone.at() + "/", allowing(gone.at()))), FailureKind::reset);
  const std::string at = gone.at();
  gone.stop();
  EXPECT_EQ(kind(WebSocket::open("ws://" + at + "/", allowing(at))), FailureKind::connect);
  EXPECT_EQ(kind(WebSocket::open("ws://name.invalid/", {})), FailureKind::dns);
}

TEST(WebSocket, stops_while_it_reads) {
  std::stop_source stop;
  BeastServer server(opened([&](Socket& stream) {
    send(stream, "one");
    stop.request_stop();
    read_on(stream);
  }));
  auto stream = open(server, {});
  ASSERT_TRUE(stream);
  EXPECT_TRUE(stream->read());
  EXPECT_EQ(kind(stream->read(stop.get_token())), FailureKind::cancelled);
  EXPECT_EQ(kind(stream->read()), FailureKind::reset) << "and is closed";
}

}  // namespace
}  // namespace renown::net
