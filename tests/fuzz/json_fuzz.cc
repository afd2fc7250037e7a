// JSON in and out; simdjson's own parser must agree on what is valid.
#include <simdjson.h>

#include "base/utf8.h"
#include "check.h"
#include "io/json.h"
#include "io/json_escape.h"

using namespace renown;

namespace {

std::size_t visit(io::JsonValue value, std::size_t depth) {
  fuzz::check(depth <= io::JsonParser::kMaxDepth, "no value lies deeper than the limit");
  fuzz::check(!base::find_invalid_utf8(value.text()), "a string is UTF-8");
  fuzz::check(value.is_number() != value.number().empty(), "a number has digits");
  std::size_t values = 1;
  for (const io::JsonValue element : value.elements()) values += visit(element, depth + 1);
  for (const auto [key, member] : value.members()) {
    fuzz::check(!value[key].is_missing(), "a member is found by its name");
    fuzz::check(!base::find_invalid_utf8(key), "a name is UTF-8");
    values += visit(member, depth + 1);
  }
  return values;
}

/// simdjson gives up on numbers beyond 64 bits and at one level less.
void check_agreement(std::string_view bytes, bool valid) {
  static simdjson::dom::parser rival;
  const auto verdict = rival.parse(bytes.data(), bytes.size()).error();
  const bool narrower = verdict == simdjson::NUMBER_ERROR || verdict == simdjson::DEPTH_ERROR;
  fuzz::check(valid || verdict != simdjson::SUCCESS, "what simdjson accepts is accepted");
  fuzz::check(!valid || verdict == simdjson::SUCCESS || narrower, "what simdjson refuses is refused");
}

void check_round_trip(std::string_view bytes) {
  static io::JsonParser parser;
  auto value = parser.parse(io::json_string(bytes));
  fuzz::check(value.has_value() && value->is_string(), "what json_string writes is a JSON string");
  fuzz::check(base::find_invalid_utf8(bytes) || value->text() == bytes, "what json_string writes is read as itself");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes = fuzz::text_of(data, size);
  static io::JsonParser parser;
  auto root = parser.parse(bytes);
  fuzz::check(root || root.error().message.starts_with("not valid JSON at byte "), "an error says where");
  if (root) fuzz::check(visit(*root, 0) <= bytes.size(), "every value has a byte");
  check_agreement(bytes, root.has_value());
  check_round_trip(bytes);
  return 0;
}
