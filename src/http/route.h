/// Route: one thing that can be asked, with all that its look-up, its checks and its description need.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "http/message.h"
#include "http/parameter.h"

namespace renown::http {

/// Answers a request. Called by several threads at once. What it throws becomes a 500.
using Handler = std::function<Response(const Request&)>;

/// Where a handler runs.
enum class RunOn {
  io,       ///< on the thread that has the connection, whose other connections wait meanwhile: for what takes < 1 ms
  workers,  ///< on the bounded pool; where that is full, the answer is 503
  disk,     ///< the same on a pool of many threads: for what waits for the disk, together with others, and does little
};

/// As the type of a body: whatever it is, it is taken, for nobody reads it.
inline constexpr std::string_view kAnyType = "*/*";

/// The body that a route takes.
struct RequestBody {
  std::string content_type = "application/json";  ///< any other is 415, unless this is kAnyType
  std::string schema = "{}";                      ///< JSON Schema 2020-12, as JSON
  std::size_t most_bytes = 64 << 10;              ///< more is 413
};

/// One answer that a route may give beside those that every route gives.
struct Answer {
  int status = 200;
  std::string description;
  std::string content_type = "application/json";  ///< empty: without a body
  std::string schema = "{}";                      ///< JSON Schema 2020-12, as JSON
};

/// How the errors of a route look where its clients were written for another API. Without one they are problems.
struct ErrorShape {
  std::string content_type = "application/json";
  std::string schema = "{}";                ///< JSON Schema 2020-12, as JSON
  std::function<Response(Response)> write;  ///< given a problem; called by several threads at once
};

/// The parameter of a query in which the caller's key stands, where a route takes it there.
inline constexpr std::string_view kKeyParameter = "key";

struct Route {
  std::string method = "GET";  ///< HEAD and OPTIONS come by themselves
  std::string path;            ///< "/v1/people/{person}": a part is either a text or a parameter
  std::string id;              ///< unique, in lower snake case: for metrics, logs and `operationId`
  std::string summary;
  std::string tag = "api";
  std::vector<Parameter> parameters = {};
  std::optional<RequestBody> body = {};  ///< without one a body is 413
  std::vector<Answer> answers = {};
  std::vector<std::string> scopes = {};  ///< any one of these lets a caller in; empty: everybody may call
  bool takes_key_in_query = false;       ///< kKeyParameter, for programs that cannot send a header; it is the guard's
  bool takes_any_query = false;          ///< nobody here reads it: a page, to which links come with marks of others
  std::optional<ErrorShape> errors = {};
  RunOn run_on = RunOn::io;
  bool is_described = true;  ///< stands in the OpenAPI document
  Handler handler;
};

}  // namespace renown::http
