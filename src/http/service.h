/// Service: from a request to its response, without sockets.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string_view>

#include "http/access_log.h"
#include "http/head.h"
#include "http/message.h"
#include "http/metrics.h"
#include "http/router.h"

namespace renown::http {

/// Decides who may call, before the body is read: by request.headers, request.client and route.scopes. May set
/// request.caller, and add headers that the answer then has whatever becomes of it (RateLimit). Called by several
/// threads at once, on those that have the connections: for what takes < 1 ms.
///
/// returns  the refusal; nothing where the request may go on
using Guard = std::function<std::optional<Response>(Request& request, const Route& route, Headers& headers)>;

/// Answers GET and HEAD of paths that no route has. Called by several threads at once, as a guard.
///
/// returns  nothing where it has nothing to say: then it is the problem 404
using Nowhere = std::function<std::optional<Response>(const Request& request)>;

struct ServiceOptions {
  Guard guard = {};
  Nowhere nowhere = {};
  AccessLog access_log = {};
  std::function<void(std::string_view)> error_log = {};  ///< one sentence for the operator; by several threads at once
};

class Service {
 public:
  explicit Service(Router router, ServiceOptions options = {});

  /// What becomes of a request, known once its head is read.
  struct Admission {
    std::optional<Response> refusal = {};  ///< it is answered by this, and its body is not read
    const Route* route = nullptr;          ///< nullptr where there is a refusal that no route gave
    std::size_t number = 0;                ///< of the route; that of routes where there is none
    std::size_t most_body_bytes = 0;
    Headers headers = {};  ///< for the answer
  };

  /// Finds the route, checks arguments, the body's length and type, and asks the guard; fills request.arguments.
  ///
  /// refusals  400, 404, 405 with Allow, 413, 415, what the guard says; 204 for OPTIONS
  Admission admit(Request& request, const Framing& framing) const;

  /// Calls the handler. What it throws becomes a 500 and a line of the error log; a response that cannot be sent (a
  /// line break in a header, a status beyond 200..599) likewise.
  Response answer(const Request& request, const Route& route) const;

  /// What every response gets, also a refusal: the admission's headers, conditions (304, 412), compression.
  void finish(const Request& request, const Headers& headers, Response& response) const;

  /// A response of a route: a problem in the shape of the route's errors, anything else as it is.
  Response shaped(const Route& route, Response response) const;

  /// Metrics and access log.
  void note(std::string_view method, std::size_t number, int status, double seconds, std::uint64_t body_bytes);

  void report(std::string_view sentence) const;  ///< to the error log

  const Router& router() const { return router_; }
  Metrics& metrics() { return metrics_; }

 private:
  Response nothing_at(const Request& request) const;
  std::optional<Response> refusal_of(const Match& match, Request& request, const Framing& framing,
                                     Headers& headers) const;
  std::optional<Response> ask_guard(Request& request, const Route& route, Headers& headers) const;

  Router router_;
  ServiceOptions options_;
  Metrics metrics_;
};

}  // namespace renown::http
