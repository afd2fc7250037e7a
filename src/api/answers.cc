#include "api/answers.h"

#include <charconv>
#include <utility>

#include <fmt/format.h>

#include "api/problem_types.h"
#include "base/time.h"
#include "http/conditional.h"
#include "http/problem.h"

namespace renown::api {
namespace {

Error wrong(std::string_view name, std::string_view what) {
  return bad_input(fmt::format("\"{}\" must be {}", name, what));
}

/// Empty: the status says it all.
std::string_view type_of(ErrorCode code) {
  switch (code) {
    case ErrorCode::bad_input:
      return kProblemBadInput;
    case ErrorCode::usage:
      return kProblemNotPossible;
    case ErrorCode::not_found:
      return kProblemNotFound;
    case ErrorCode::not_enough_data:
      return kProblemNotEnoughData;
    case ErrorCode::busy:
    case ErrorCode::cancelled:
    case ErrorCode::io:
    case ErrorCode::internal:
      break;
  }
  return {};
}

}  // namespace

http::Response json_answer(JsonText json, int status) {
  http::Response response{.status = status, .body = std::move(json).take()};
  if (status == 200) response.headers.add("ETag", http::strong_etag(response.body.bytes()));
  response.headers.add("Cache-Control", "private, no-cache");
  return response;
}

http::Response nothing_to_say() {
  return {.status = 204, .content_type = {}};
}

http::Response problem_of(const Error& error, std::string_view type) {
  const std::string_view usual = type_of(error.code);
  if (usual.empty()) return http::problem(error);
  return http::problem(http::status_of(error.code), error.message, type.empty() ? usual : type);
}

http::Response problem_or_full(const Error& error) {
  return problem_of(error, error.code == ErrorCode::usage ? kProblemFull : "");
}

http::Handler answering(std::function<Result<http::Response>(const http::Request&)> handle) {
  return [handle = std::move(handle)](const http::Request& request) {
    auto response = handle(request);
    return response ? std::move(*response) : problem_of(response.error());
  };
}

Result<RequestObject> RequestObject::read(const http::Request& request) {
  RequestObject object;
  object.parser_ = std::make_unique<io::JsonParser>();
  auto root = object.parser_->parse(request.body);
  if (!root) return bad_input(fmt::format("the body is {}", root.error().message));
  if (!root->is_object()) return bad_input("the body must be a JSON object");
  object.root_ = *root;
  return object;
}

Result<std::string> RequestObject::text(std::string_view name, std::size_t most_bytes) const {
  auto text = optional_text(name, most_bytes);
  if (!text) return text.error();
  if (!*text || (*text)->empty()) return wrong(name, "there and not empty");
  return std::move(**text);
}

Result<std::optional<std::string>> RequestObject::optional_text(std::string_view name, std::size_t most_bytes) const {
  const io::JsonValue value = root_[name];
  if (value.is_missing() || value.is_null()) return std::optional<std::string>();
  if (!value.is_string()) return wrong(name, "a string");
  if (value.text().size() > most_bytes) return wrong(name, fmt::format("at most {} bytes long", most_bytes));
  if (value.text().find('\0') != std::string_view::npos) return wrong(name, "without NUL bytes");
  return std::optional(std::string(value.text()));
}

Result<std::optional<bool>> RequestObject::optional_boolean(std::string_view name) const {
  const io::JsonValue value = root_[name];
  if (value.is_missing() || value.is_null()) return std::optional<bool>();
  const auto boolean = value.boolean();
  if (!boolean) return wrong(name, "true or false");
  return boolean;
}

Result<bool> RequestObject::boolean(std::string_view name) const {
  const auto boolean = optional_boolean(name);
  if (!boolean) return boolean.error();
  if (!*boolean) return wrong(name, "true or false");
  return **boolean;
}

Result<std::optional<double>> RequestObject::optional_number(std::string_view name, double least, double most) const {
  const io::JsonValue value = root_[name];
  if (value.is_missing() || value.is_null()) return std::optional<double>();
  const std::string_view text = value.number();
  double number = 0.0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool is_whole = !text.empty() && failed == std::errc{} && end == text.data() + text.size();
  if (!is_whole || !(number >= least && number <= most))
    return wrong(name, fmt::format("a number from {} to {}", least, most));
  return std::optional(number);
}

Result<std::vector<std::string>> RequestObject::texts(std::string_view name, std::size_t most) const {
  const io::JsonValue value = root_[name];
  std::vector<std::string> texts;
  if (value.is_missing() || value.is_null()) return texts;
  if (!value.is_array()) return wrong(name, "an array of strings");
  for (const io::JsonValue element : value.elements()) {
    if (!element.is_string()) return wrong(name, "an array of strings");
    if (texts.size() == most) return wrong(name, fmt::format("an array of at most {}", most));
    texts.emplace_back(element.text());
  }
  return texts;
}

Result<std::int64_t> id_argument(const http::Request& request, std::string_view name) {
  const std::string_view text = request.arguments.text(name).value_or("");
  std::int64_t id = 0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), id);
  if (text.empty() || failed != std::errc{} || end != text.data() + text.size() || id <= 0)
    return Error{ErrorCode::not_found, fmt::format("there is no {} of that number", name)};
  return id;
}

void optional_text(JsonText& json, std::string_view key, std::string_view text) {
  text.empty() ? json.null(key) : json.text(key, text);
}

void time_or_null(JsonText& json, std::string_view key, std::int64_t time) {
  time == 0 ? json.null(key) : json.text(key, base::format_time(time));
}

void id_text(JsonText& json, std::string_view key, std::int64_t id) {
  json.text(key, fmt::format("{}", id));
}

}  // namespace renown::api
