/// Answers: how handlers read a body and write what they answer.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "renown/result.h"

#include "http/message.h"
#include "http/route.h"
#include "io/json.h"
#include "pipeline/json_text.h"

namespace renown::api {

using pipeline::JsonText;

/// A document for programs.
inline JsonText compact_json() {
  return JsonText(pipeline::JsonLayout::compact);
}

/// A document as an answer. For GET it has an ETag, so that asking again costs a line where nothing changed.
http::Response json_answer(JsonText json, int status = 200);

/// 204.
http::Response nothing_to_say();

/// An error as a problem of that type (problem_types.h); without one, of the type that its code has. Such of the server
/// itself (busy, io, internal) have none: their status says it all.
http::Response problem_of(const Error& error, std::string_view type = {});

/// As problem_of, of an error whose `usage` says that as many as may be are there.
http::Response problem_or_full(const Error& error);

/// A handler that may fail: its error becomes a problem.
http::Handler answering(std::function<Result<http::Response>(const http::Request&)> handle);

/// The JSON object that a request brings. errors  bad_input: one sentence that names the member
class RequestObject {
 public:
  static Result<RequestObject> read(const http::Request& request);

  Result<std::string> text(std::string_view name, std::size_t most_bytes = 256) const;  ///< must be there, not empty
  Result<std::optional<std::string>> optional_text(std::string_view name, std::size_t most_bytes = 256) const;
  Result<std::optional<bool>> optional_boolean(std::string_view name) const;
  Result<bool> boolean(std::string_view name) const;
  Result<std::optional<double>> optional_number(std::string_view name, double least, double most) const;

  /// An array of texts; none where it is missing.
  Result<std::vector<std::string>> texts(std::string_view name, std::size_t most) const;

  io::JsonValue operator[](std::string_view name) const { return root_[name]; }

 private:
  std::unique_ptr<io::JsonParser> parser_;  ///< has what root_ points into
  io::JsonValue root_;
};

/// The number of a thing as it stands in a path. errors  not_found: what is no number names nothing
Result<std::int64_t> id_argument(const http::Request& request, std::string_view name);

/// An empty text, or one that is left out, as null.
void optional_text(JsonText& json, std::string_view key, std::string_view text);

/// A time in RFC 3339; 0 as null.
void time_or_null(JsonText& json, std::string_view key, std::int64_t time);

/// A number as the text that ids are.
void id_text(JsonText& json, std::string_view key, std::int64_t id);

}  // namespace renown::api
