#include "http/service.h"

#include <algorithm>
#include <array>
#include <exception>

#include <fmt/format.h>

#include "base/ascii.h"
#include "http/compress.h"
#include "http/conditional.h"
#include "http/problem.h"

namespace renown::http {
namespace {

constexpr std::string_view kFailed = "the server failed to answer; its log says why";

std::vector<std::string> ids_of(const Router& router) {
  std::vector<std::string> ids;
  for (const Route& route : router.routes()) ids.push_back(route.id);
  return ids;
}

Response allowing(int status, std::string_view allow) {
  Response response =
      status == 204 ? Response{.status = 204} : problem(status, fmt::format("this address takes {} only", allow));
  response.headers.add("Allow", std::string(allow));
  return response;
}

std::string media_type(std::string_view content_type) {
  return base::lower(base::trim(content_type.substr(0, content_type.find(';'))));
}

/// Why this route does not take the body that the head announces.
std::optional<Refusal> body_refusal(const Request& request, const Framing& framing, const Route& route) {
  if (!framing.is_chunked && framing.content_length == 0) return std::nullopt;
  if (!route.body) return Refusal{413, "this address takes no body; leave it out"};
  if (framing.content_length > route.body->most_bytes) {
    return Refusal{413, fmt::format("the body of the request is longer than {} bytes, the most taken here",
                                    route.body->most_bytes)};
  }
  const bool takes_any = route.body->content_type == kAnyType;
  if (!takes_any &&
      media_type(request.headers.find("Content-Type").value_or("")) != media_type(route.body->content_type)) {
    return Refusal{
        415, fmt::format("this address takes a body of the type {}; say so in Content-Type", route.body->content_type)};
  }
  if (request.headers.find("Content-Encoding")) {
    return Refusal{415, "this address takes no compressed body; send it without Content-Encoding"};
  }
  return std::nullopt;
}

bool is_plain(std::string_view value) {
  return std::ranges::none_of(value, [](char c) { return static_cast<unsigned char>(c) < ' ' && c != '\t'; });
}

/// A line break would be a second header; what frames the response is the server's to say, once.
bool are_sendable(const Headers& headers) {
  constexpr std::array<std::string_view, 5> kFrame{"content-length", "transfer-encoding", "content-type", "connection",
                                                   "date"};
  return std::ranges::all_of(headers, [&](const Header& header) {
    return net::is_token(header.name) && is_plain(header.value) &&
           std::ranges::none_of(kFrame, [&](std::string_view name) { return net::same_name(header.name, name); });
  });
}

bool is_sendable(const Response& response) {
  return response.status >= 200 && response.status <= 599 && is_plain(response.content_type) &&
         are_sendable(response.headers);
}

std::string_view known_method(std::string_view method) {
  static constexpr std::array<std::string_view, 7> kKnown{"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"};
  const auto it = std::ranges::find(kKnown, method);
  return it == kKnown.end() ? "other" : *it;
}

}  // namespace

Service::Service(Router router, ServiceOptions options)
    : router_(std::move(router)), options_(std::move(options)), metrics_(ids_of(router_)) {}

Service::Admission Service::admit(Request& request, const Framing& framing) const {
  Admission admission{.number = router_.routes().size()};
  if (request.path == "*") {
    admission.refusal = allowing(204, "DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT");
    return admission;
  }
  const Match match = router_.find(request.method, request.path);
  if (match.route == nullptr) {
    if (match.allow.empty()) {
      admission.refusal = nothing_at(request);
    } else {
      admission.refusal = allowing(request.method == "OPTIONS" ? 204 : 405, match.allow);
    }
    return admission;
  }
  admission.route = match.route;
  admission.number = match.number;
  if (auto refusal = refusal_of(match, request, framing, admission.headers)) {
    admission.refusal = shaped(*match.route, std::move(*refusal));
  } else if (match.route->body) {
    admission.most_body_bytes = match.route->body->most_bytes;
  }
  return admission;
}

Response Service::nothing_at(const Request& request) const {
  if (options_.nowhere && (request.method == "GET" || request.method == "HEAD")) {
    if (auto response = options_.nowhere(request)) return std::move(*response);
  }
  return problem(404, "there is nothing at this path");
}

std::optional<Response> Service::refusal_of(const Match& match, Request& request, const Framing& framing,
                                            Headers& headers) const {
  if (auto refusal = ask_guard(request, *match.route, headers)) return refusal;
  if (auto read = Router::read_arguments(match, request); !read)
    return read.error().status == 404 ? nothing_at(request) : problem(read.error());
  if (auto refusal = body_refusal(request, framing, *match.route)) return problem(*refusal);
  return std::nullopt;
}

std::optional<Response> Service::ask_guard(Request& request, const Route& route, Headers& headers) const {
  if (!options_.guard) return std::nullopt;
  std::string why = "it threw something that is no exception";
  try {
    auto refusal = options_.guard(request, route, headers);
    if (are_sendable(headers) && (!refusal || is_sendable(*refusal))) {
      if (refusal && !refusal->note.empty()) report(fmt::format("the guard of {}: {}", route.id, refusal->note));
      return refusal;
    }
    headers = {};
    why = "its answer has a status or a header that cannot be sent";
  } catch (const std::exception& failure) {
    why = failure.what();
  } catch (...) {
  }
  report(fmt::format("the guard of {} failed: {}", route.id, why));
  return problem(500, kFailed);
}

Response Service::answer(const Request& request, const Route& route) const {
  std::string why;
  try {
    Response response = shaped(route, route.handler(request));
    if (is_sendable(response)) {
      if (!response.note.empty()) report(fmt::format("{}: {}", route.id, response.note));
      return response;
    }
    why = "its response has a status or a header that cannot be sent";
  } catch (const std::exception& failure) {
    why = failure.what();
  } catch (...) {
    why = "it threw something that is no exception";
  }
  report(fmt::format("the handler of {} failed: {}", route.id, why));
  return shaped(route, problem(500, kFailed));
}

Response Service::shaped(const Route& route, Response response) const {
  if (!route.errors || response.content_type != kProblemType) return response;
  try {
    return route.errors->write(std::move(response));
  } catch (const std::exception& failure) {
    report(fmt::format("the errors of {} cannot be written: {}", route.id, failure.what()));
    return problem(500, kFailed);
  }
}

void Service::finish(const Request& request, const Headers& headers, Response& response) const {
  const bool is_packed = announce_compression(request, response);
  apply_conditions(request, response);
  for (const Header& header : headers) response.headers.set(header.name, header.value);
  if (is_packed && response.body.size() >= kLeastCompressed) compress(response);
}

void Service::note(std::string_view method, std::size_t number, int status, double seconds, std::uint64_t body_bytes) {
  metrics_.count(number, status, seconds, body_bytes);
  if (!options_.access_log) return;
  const auto& routes = router_.routes();
  options_.access_log({.method = known_method(method),
                       .route_id = number < routes.size() ? std::string_view(routes[number].id) : "none",
                       .status = status,
                       .seconds = seconds,
                       .body_bytes = body_bytes});
}

void Service::report(std::string_view sentence) const {
  if (!options_.error_log) return;
  try {
    options_.error_log(sentence);
  } catch (...) {  // whoever reports has nobody else to tell
  }
}

}  // namespace renown::http
