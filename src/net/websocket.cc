#include "net/websocket.h"

#include <cstring>
#include <optional>
#include <utility>
#include <variant>
#include <vector>

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/ssl.hpp>
#include <boost/beast/websocket.hpp>
#include <boost/beast/websocket/ssl.hpp>
#include <fmt/format.h>

#include "net/lookup.h"
#include "net/url.h"
#include "net/websocket_failure.h"

namespace renown::net {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
using tcp = asio::ip::tcp;
using boost::system::error_code;

using Plain = beast::websocket::stream<beast::tcp_stream>;
using Secure = beast::websocket::stream<beast::ssl_stream<beast::tcp_stream>>;

constexpr std::chrono::milliseconds kLookForStop{100};  ///< a stop is seen after so long at most
constexpr std::chrono::milliseconds kGoodbye{1000};

Failure stopped() {
  return Failure(FailureKind::cancelled, "the stream was stopped");
}

std::string without_brackets(const std::string& host) {
  return host.starts_with('[') ? host.substr(1, host.size() - 2) : host;
}

bool is_address(const std::string& host) {
  return Address::from(without_brackets(host)).has_value();
}

/// Keeps how an operation ended; whatever else it tells is left.
struct KeepError {
  std::optional<error_code>* result;

  template <class... Rest>
  void operator()(error_code error, Rest&&... /*rest*/) const {
    *result = error;
  }
};

}  // namespace

struct WebSocket::Stream {
  Stream(Url where, const WebSocketOptions& given) : url(std::move(where)), options(given) {}

  template <class Action>
  decltype(auto) with_stream(Action action) {
    return std::visit([&](auto& stream) -> decltype(auto) { return action(*stream); }, either);
  }
  beast::tcp_stream& socket() {
    return with_stream([](auto& stream) -> beast::tcp_stream& { return beast::get_lowest_layer(stream); });
  }

  std::optional<Failure> open(std::stop_token stop);
  std::optional<Failure> set_up_tls();
  std::optional<Failure> connect(const std::stop_token& stop);
  std::optional<Failure> shake_hands(const std::stop_token& stop);
  // What is done with either kind of stream, as templates of their own: within generic lambdas clang 19 leaves out some
  // of what Beast makes of them.
  template <class Socket>
  std::optional<Failure> upgrade(Socket& stream, const std::stop_token& stop);
  template <class Socket>
  std::expected<WebSocketMessage, Failure> read(Socket& stream, const std::stop_token& stop);
  template <class Socket>
  std::expected<void, Failure> write(Socket& stream, std::string_view bytes, bool is_text, const std::stop_token& stop);
  template <class Socket>
  void close(Socket& stream);
  std::vector<tcp::endpoint> allowed(const std::vector<SocketAddress>& found);
  Failure refusal(std::string_view network, std::string_view address) const;
  template <class Start>
  std::optional<error_code> run(const std::stop_token& stop, Start start);

  Url url;
  WebSocketOptions options;
  asio::io_context context{1};
  asio::ssl::context tls{asio::ssl::context::tls_client};
  std::variant<std::unique_ptr<Plain>, std::unique_ptr<Secure>> either;
  std::optional<Failure> refused;  ///< by the guard
  beast::flat_buffer buffer;
  bool is_open = false;
};

/// Starts one operation and runs it to its end. Nothing where the stop came first: then all of it is over, for the
/// operation still refers to what it was given.
template <class Start>
std::optional<error_code> WebSocket::Stream::run(const std::stop_token& stop, Start start) {
  std::optional<error_code> result;
  start(KeepError{&result});
  context.restart();
  bool was_stopped = false;
  while (!result && !context.stopped()) {
    context.run_one_for(kLookForStop);  // not run_for: the stream's own timer is work that does not end
    if (result || !stop.stop_requested() || was_stopped) continue;
    was_stopped = true;
    error_code ignored;
    socket().socket().close(ignored);
    socket().close();
  }
  if (was_stopped) return std::nullopt;
  return result ? result : asio::error::operation_aborted;
}

std::optional<Failure> WebSocket::Stream::set_up_tls() {
  error_code error;
  if (!options.ca_file.empty()) tls.load_verify_file(options.ca_file, error);
  if (error) return Failure(FailureKind::tls, "the file of trusted certificates cannot be read");
  tls.set_default_verify_paths(error);
  tls.set_verify_mode(asio::ssl::verify_peer, error);
  SSL_CTX_set_min_proto_version(tls.native_handle(), TLS1_2_VERSION);
  auto stream = std::make_unique<Secure>(context, tls);
  const std::string host = without_brackets(url.host());
  stream->next_layer().set_verify_callback(asio::ssl::host_name_verification(host), error);
  if (!is_address(host)) {
    // The macro SSL_set_tlsext_host_name, without its old-style cast.
    std::string name = host;
    SSL_ctrl(stream->next_layer().native_handle(), SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name,
             name.data());
  }
  either = std::move(stream);
  return std::nullopt;
}

std::optional<Failure> WebSocket::Stream::open(std::stop_token stop) {
  if (url.is_secure()) {
    if (auto failed = set_up_tls()) return failed;
  } else {
    either = std::make_unique<Plain>(context);
  }
  if (auto failed = connect(stop)) return failed;
  if (auto failed = shake_hands(stop)) return failed;
  is_open = true;
  return std::nullopt;
}

/// The addresses that the guard lets through. Only these are connected to: nobody asks DNS again.
std::vector<tcp::endpoint> WebSocket::Stream::allowed(const std::vector<SocketAddress>& found) {
  std::vector<tcp::endpoint> endpoints;
  for (const SocketAddress& entry : found) {
    const auto address = Address::from(reinterpret_cast<const sockaddr*>(&entry.bytes), entry.size_bytes);
    if (!address) continue;
    if (const auto network = options.guard.refusal(url, *address); !network.empty()) {
      refused = refusal(network, address->text());
      continue;
    }
    tcp::endpoint& endpoint = endpoints.emplace_back();
    endpoint.resize(entry.size_bytes);
    std::memcpy(endpoint.data(), &entry.bytes, entry.size_bytes);
  }
  return endpoints;
}

Failure WebSocket::Stream::refusal(std::string_view network, std::string_view address) const {
  return Failure(FailureKind::refused_address,
                 fmt::format("{} leads to the {} address {}, to which Renown does not connect; if that is a server of "
                             "yours, allow {}",
                             url.shown(), network, address, url.host_and_port()));
}

std::optional<Failure> WebSocket::Stream::connect(const std::stop_token& stop) {
  const auto found = look_up(without_brackets(url.host()), url.port(), options.open_time, stop);
  if (!found) return found.error();
  const auto endpoints = allowed(*found);
  if (endpoints.empty()) return refused.value_or(websocket_failure({}, url, FailureKind::connect));
  socket().expires_after(options.open_time);
  const auto connected = run(stop, [&](KeepError done) { socket().async_connect(endpoints, done); });
  if (!connected) return stopped();
  if (*connected) return websocket_failure(*connected, url, FailureKind::connect);
  // What was really connected to, and not what was meant.
  error_code error;
  const tcp::endpoint end = socket().socket().remote_endpoint(error);
  const auto address = Address::from(end.data(), end.size());
  if (error || !address) return websocket_failure(error, url, FailureKind::connect);
  if (const auto network = options.guard.refusal(url, *address); !network.empty())
    return refusal(network, address->text());
  return std::nullopt;
}

std::optional<Failure> WebSocket::Stream::shake_hands(const std::stop_token& stop) {
  if (auto* secure = std::get_if<std::unique_ptr<Secure>>(&either)) {
    const auto done = run(
        stop, [&](KeepError done) { (*secure)->next_layer().async_handshake(asio::ssl::stream_base::client, done); });
    if (!done) return stopped();
    if (*done) return websocket_failure(*done, url, FailureKind::tls);
  }
  socket().expires_never();  // from here on the stream keeps its own time
  return with_stream([&](auto& stream) { return upgrade(stream, stop); });
}

template <class Socket>
std::optional<Failure> WebSocket::Stream::upgrade(Socket& stream, const std::stop_token& stop) {
  stream.set_option(beast::websocket::stream_base::timeout{options.open_time, options.idle_time, true});
  beast::websocket::permessage_deflate deflate;
  deflate.client_enable = options.compress;
  stream.set_option(deflate);
  stream.read_message_max(options.message_bytes);
  stream.set_option(beast::websocket::stream_base::decorator([this](beast::websocket::request_type& request) {
    if (!options.user_agent.empty()) request.set(beast::http::field::user_agent, options.user_agent);
    for (const Header& header : options.headers) request.set(header.name, header.value);
  }));
  const std::string host = url.port() == (url.is_secure() ? 443 : 80) ? url.host() : url.host_and_port();
  beast::websocket::response_type response;
  const auto done = run(stop, [&](KeepError done) { stream.async_handshake(response, host, url.target(), done); });
  if (!done) return stopped();
  if (*done == beast::websocket::error::upgrade_declined) {
    return Failure(FailureKind::malformed,
                   fmt::format("{} opens no WebSocket (status {})", url.shown(), response.result_int()));
  }
  if (*done) return websocket_failure(*done, url, FailureKind::reset);
  return std::nullopt;
}

template <class Socket>
std::expected<WebSocketMessage, Failure> WebSocket::Stream::read(Socket& stream, const std::stop_token& stop) {
  const auto done = run(stop, [&](KeepError done) { stream.async_read(buffer, done); });
  is_open = done && !*done;
  if (!done) return std::unexpected(stopped());
  if (*done == beast::websocket::error::closed) {
    return std::unexpected(Failure(FailureKind::reset, fmt::format("{} closed the stream (code {})", url.shown(),
                                                                   static_cast<unsigned>(stream.reason().code))));
  }
  if (*done) return std::unexpected(websocket_failure(*done, url, FailureKind::reset));
  WebSocketMessage message{beast::buffers_to_string(buffer.data()), stream.got_text()};
  buffer.consume(buffer.size());
  return message;
}

template <class Socket>
std::expected<void, Failure> WebSocket::Stream::write(Socket& stream, std::string_view bytes, bool is_text,
                                                      const std::stop_token& stop) {
  stream.text(is_text);
  const auto done = run(stop, [&](KeepError done) { stream.async_write(asio::buffer(bytes), done); });
  is_open = done && !*done;
  if (!done) return std::unexpected(stopped());
  if (*done) return std::unexpected(websocket_failure(*done, url, FailureKind::reset));
  return {};
}

template <class Socket>
void WebSocket::Stream::close(Socket& stream) {
  stream.set_option(beast::websocket::stream_base::timeout{kGoodbye, kGoodbye, false});
  static_cast<void>(run({}, [&](KeepError done) { stream.async_close(beast::websocket::close_code::normal, done); }));
}

WebSocket::WebSocket(std::unique_ptr<Stream> stream) : stream_(std::move(stream)) {}
WebSocket::~WebSocket() = default;

std::expected<std::unique_ptr<WebSocket>, Failure> WebSocket::open(std::string_view text,
                                                                   const WebSocketOptions& options,
                                                                   std::stop_token stop) {
  auto url = Url::parse(text);
  if (!url) return std::unexpected(Failure(FailureKind::bad_url, url.error().message));
  if (url->scheme() != "ws" && url->scheme() != "wss") {
    return std::unexpected(Failure(FailureKind::bad_url, fmt::format("{} is not ws:// or wss://", url->shown())));
  }
  if (auto unsendable = unsendable_headers(options.headers)) return std::unexpected(std::move(*unsendable));
  auto stream = std::make_unique<Stream>(std::move(*url), options);
  if (auto failed = stream->open(std::move(stop))) return std::unexpected(std::move(*failed));
  return std::unique_ptr<WebSocket>(new WebSocket(std::move(stream)));
}

std::expected<WebSocketMessage, Failure> WebSocket::read(std::stop_token stop) {
  Stream& stream = *stream_;
  if (!stream.is_open) return std::unexpected(websocket_failure({}, stream.url, FailureKind::reset));
  return stream.with_stream([&](auto& socket) { return stream.read(socket, stop); });
}

std::expected<void, Failure> WebSocket::write(std::string_view bytes, bool is_text, std::stop_token stop) {
  Stream& stream = *stream_;
  if (!stream.is_open) return std::unexpected(websocket_failure({}, stream.url, FailureKind::reset));
  return stream.with_stream([&](auto& socket) { return stream.write(socket, bytes, is_text, stop); });
}

void WebSocket::close() {
  Stream& stream = *stream_;
  if (!std::exchange(stream.is_open, false)) return;
  stream.with_stream([&](auto& socket) { stream.close(socket); });
}

}  // namespace renown::net
