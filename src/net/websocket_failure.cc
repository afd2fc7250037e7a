#include "net/websocket_failure.h"

#include <boost/beast/core/error.hpp>
#include <boost/beast/websocket/error.hpp>
#include <fmt/format.h>

namespace renown::net {
namespace {

namespace websocket = boost::beast::websocket;

std::string broken(const Url& url, FailureKind kind) {
  switch (kind) {
    case FailureKind::connect:
      return fmt::format("nobody answers at {}", url.host_and_port());
    case FailureKind::tls:
      return fmt::format(
          "the certificate of {} is not trusted, or no secure connection could be made; if that is a server of yours, "
          "give its CA file",
          url.host_and_port());
    default:
      return fmt::format("the stream of {} broke", url.shown());
  }
}

}  // namespace

Failure websocket_failure(const boost::system::error_code& error, const Url& url, FailureKind otherwise) {
  if (error == boost::beast::error::timeout) {
    return {FailureKind::timeout, fmt::format("{} gave no sign of life in time", url.shown())};
  }
  if (error == websocket::error::message_too_big || error == websocket::error::buffer_overflow) {
    return {FailureKind::too_large, fmt::format("{} sent a message that is too long", url.shown())};
  }
  const bool of_beast = error.category() == websocket::make_error_code(websocket::error::closed).category();
  if (of_beast && error != websocket::error::closed) {
    return {FailureKind::malformed, fmt::format("{} sent what is not WebSocket", url.shown())};
  }
  return {otherwise, broken(url, otherwise)};
}

}  // namespace renown::net
