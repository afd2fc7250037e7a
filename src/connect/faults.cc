#include "connect/faults.h"

#include <algorithm>
#include <chrono>
#include <thread>

namespace renown::connect::test {
namespace {

// The body of `healthy` with another in its place, its headers kept.
std::string with_body(std::string_view healthy, std::string_view body) {
  std::string headers;
  const std::size_t first = healthy.find("\r\n") + 2;
  const std::size_t last = healthy.find("\r\n\r\n") + 2;
  for (std::size_t at = first; at < last;) {
    const std::size_t end = healthy.find("\r\n", at) + 2;
    const std::string_view line = healthy.substr(at, end - at);
    if (!line.starts_with("Content-Length:")) headers += line;
    at = end;
  }
  return net::test::reply(body, headers, "200 OK");
}

}  // namespace

std::string_view fault_name(Fault fault) {
  return kFaultNames[static_cast<std::size_t>(fault)];
}

std::optional<ProblemKind> kind_of(Fault fault) {
  switch (fault) {
    case Fault::timeout:
    case Fault::reset:
    case Fault::internal_error:
    case Fault::bad_gateway:
    case Fault::unavailable:
    case Fault::slow_body:
      return ProblemKind::unavailable;
    case Fault::unauthorized:
      return ProblemKind::unauthorized;
    case Fault::forbidden:
      return ProblemKind::forbidden;
    case Fault::not_found:
      return ProblemKind::not_found;
    case Fault::gone:
      return ProblemKind::gone;
    case Fault::too_many_requests:
    case Fault::too_many_requests_for_an_hour:
      return ProblemKind::try_later;
    case Fault::huge_body:
      return ProblemKind::too_large;
    default:
      return {};
  }
}

std::string body_of(std::string_view answer) {
  const std::size_t end = answer.find("\r\n\r\n");
  return std::string(end == std::string_view::npos ? std::string_view() : answer.substr(end + 4));
}

std::string with_wrong_types_inside(std::string_view json) {
  std::string out;
  for (std::size_t at = 0; at < json.size();) {
    if (json[at] == '"') {
      std::size_t end = at + 1;
      while (end < json.size() && json[end] != '"') end += json[end] == '\\' ? 2 : 1;
      end = std::min(end + 1, json.size());
      const std::size_t next = json.find_first_not_of(" \n\r\t", end);
      const bool is_key = next != std::string_view::npos && json[next] == ':';
      out += is_key ? json.substr(at, end - at) : "[[]]";
      at = end;
    } else if (json[at] == '-' || (json[at] >= '0' && json[at] <= '9')) {
      at = json.find_first_not_of("+-.0123456789eE", at);
      if (at == std::string_view::npos) at = json.size();
      out += "[[]]";
    } else {
      out += json[at++];
    }
  }
  return out;
}

bool is_json(std::string_view body) {
  return body.starts_with('{') || body.starts_with('[');
}

void misbehave(Fault fault, std::string_view healthy, net::test::Connection& connection) {
  using net::test::reply;
  const auto status = [&](std::string_view line, std::string_view headers = "") {
    connection.send(reply(R"({"error":"something is wrong"})", headers, line));
  };
  const auto body = [&](std::string_view text) { connection.send(with_body(healthy, text)); };
  switch (fault) {
    case Fault::timeout:
      return connection.wait_for_close();
    case Fault::reset:
      connection.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"half\":");
      return connection.reset();
    case Fault::unauthorized:
      return status("401 Unauthorized");
    case Fault::forbidden:
      return status("403 Forbidden");
    case Fault::not_found:
      return status("404 Not Found");
    case Fault::gone:
      return status("410 Gone");
    case Fault::too_many_requests:
      return status("429 Too Many Requests");
    case Fault::too_many_requests_for_an_hour:
      return status("429 Too Many Requests", "Retry-After: 3600\r\n");
    case Fault::internal_error:
      return status("500 Internal Server Error");
    case Fault::bad_gateway:
      return status("502 Bad Gateway");
    case Fault::unavailable:
      return status("503 Service Unavailable");
    case Fault::empty_array:
      return body("[]");
    case Fault::empty_object:
      return body("{}");
    case Fault::empty_body:
      return body("");
    case Fault::malformed:
      return body(R"({"a":[1,2,}<oops>)");
    case Fault::cut_off: {
      const std::string whole = body_of(healthy);
      return body(std::string_view(whole).substr(0, whole.size() / 2));
    }
    case Fault::wrong_type:
      return body(R"("not what you asked for")");
    case Fault::wrong_type_inside:
      return body(with_wrong_types_inside(body_of(healthy)));
    case Fault::huge_body: {
      connection.send("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 67108864\r\n\r\n[\"");
      const std::string piece(std::size_t{64} << 10, 'x');
      for (std::size_t sent = 2; sent < (std::size_t{64} << 20) && connection.send(piece); sent += piece.size()) {
      }
      return connection.close();
    }
    case Fault::slow_body:
      connection.send("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n[");
      while (connection.send(" ")) std::this_thread::sleep_for(std::chrono::milliseconds(10));
      return;
    case Fault::pages_in_circles:
    case Fault::pages_without_end:
      return;
  }
}

}  // namespace renown::connect::test
