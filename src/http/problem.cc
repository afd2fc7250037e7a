#include "http/problem.h"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "io/json.h"
#include "io/json_escape.h"

namespace renown::http {

std::string_view reason_phrase(int status) {
  static constexpr auto kPhrases = std::to_array<std::pair<int, std::string_view>>({
      {200, "OK"},
      {201, "Created"},
      {202, "Accepted"},
      {204, "No Content"},
      {301, "Moved Permanently"},
      {302, "Found"},
      {303, "See Other"},
      {304, "Not Modified"},
      {307, "Temporary Redirect"},
      {308, "Permanent Redirect"},
      {400, "Bad Request"},
      {401, "Unauthorized"},
      {403, "Forbidden"},
      {404, "Not Found"},
      {405, "Method Not Allowed"},
      {406, "Not Acceptable"},
      {408, "Request Timeout"},
      {409, "Conflict"},
      {410, "Gone"},
      {412, "Precondition Failed"},
      {413, "Content Too Large"},
      {414, "URI Too Long"},
      {415, "Unsupported Media Type"},
      {417, "Expectation Failed"},
      {422, "Unprocessable Content"},
      {428, "Precondition Required"},
      {429, "Too Many Requests"},
      {431, "Request Header Fields Too Large"},
      {500, "Internal Server Error"},
      {501, "Not Implemented"},
      {502, "Bad Gateway"},
      {503, "Service Unavailable"},
      {504, "Gateway Timeout"},
      {505, "HTTP Version Not Supported"},
      {507, "Insufficient Storage"},
  });
  const auto it = std::ranges::find(kPhrases, status, &std::pair<int, std::string_view>::first);
  return it == kPhrases.end() ? "Error" : it->second;
}

Response problem(int status, std::string_view sentence, std::string_view type) {
  Response response{.status = status, .content_type = std::string(kProblemType)};
  response.body = fmt::format(R"({{"type":{},"title":{},"status":{},"detail":{}}})", io::json_string(type),
                              io::json_string(reason_phrase(status)), status, io::json_string(sentence));
  response.headers.add("Cache-Control", "no-store");
  return response;
}

Response problem(const Refusal& refusal) {
  return problem(refusal.status, refusal.sentence);
}

int status_of(ErrorCode code) {
  switch (code) {
    case ErrorCode::bad_input:
    case ErrorCode::usage:
      return 400;
    case ErrorCode::not_found:
      return 404;
    case ErrorCode::not_enough_data:
      return 409;
    case ErrorCode::busy:
    case ErrorCode::cancelled:
    case ErrorCode::io:
      return 503;
    case ErrorCode::internal:
      return 500;
  }
  return 500;
}

Response problem(const Error& error) {
  const int status = status_of(error.code);
  const bool is_ours = error.code == ErrorCode::io || error.code == ErrorCode::internal;
  Response response = problem(status, is_ours ? "the server failed to answer; its log says why" : error.message);
  if (is_ours) response.note = error.message;
  if (error.code == ErrorCode::busy) response.headers.add("Retry-After", "1");
  return response;
}

std::string problem_sentence(const Response& response) {
  if (response.content_type != kProblemType) return {};
  io::JsonParser parser;
  const auto root = parser.parse(response.body.bytes());
  return root ? std::string((*root)["detail"].text()) : std::string();
}

}  // namespace renown::http
