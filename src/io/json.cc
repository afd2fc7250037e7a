#include "io/json.h"

#include <algorithm>
#include <charconv>
#include <cstring>
#include <span>

#include <fmt/format.h>
#include <simdjson.h>

#include "base/utf8.h"
#include "io/json_walk.h"

namespace renown::io {
namespace {

constexpr std::size_t kFirstCapacity = std::size_t{4} << 10;

Error not_valid(std::size_t offset, std::string_view reason) {
  return bad_input(fmt::format("not valid JSON at byte {}: {}", offset + 1, reason));
}

/// simdjson says that there is a bad string somewhere; this says where.
Error locate_bad_string(std::string_view text) {
  std::size_t opened = 0;
  bool inside = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '"') {
      inside = !inside;
      opened = i;
    } else if (inside && static_cast<unsigned char>(text[i]) < 0x20) {
      return not_valid(i, "a control character stands inside a string");
    } else if (inside && text[i] == '\\') {
      ++i;
    }
  }
  return not_valid(opened, "a string is not closed");
}

Error first_stage_error(simdjson::error_code code, std::string_view text) {
  switch (code) {
    case simdjson::EMPTY:
      return not_valid(0, "there is nothing but white space");
    case simdjson::UTF8_ERROR:
      return not_valid(base::find_invalid_utf8(text).value_or(0), "the text is not UTF-8");
    case simdjson::UNCLOSED_STRING:
    case simdjson::UNESCAPED_CHARS:
      return locate_bad_string(text);
    default:
      return not_valid(0, simdjson::error_message(code));
  }
}

}  // namespace

/// What a parser keeps from document to document.
struct JsonParser::Room {
  std::unique_ptr<simdjson::internal::dom_parser_implementation> first_stage;
  std::size_t capacity = 0;       ///< bytes that first_stage and bytes have room for
  std::unique_ptr<char[]> bytes;  ///< the document, padded; strings are unescaped in place
  JsonWalk walk;

  Result<void> make_room(std::size_t size) {
    if (size <= capacity) return {};
    std::size_t wanted = std::max(capacity, kFirstCapacity);
    while (wanted < size) wanted *= 2;
    capacity = 0;
    constexpr std::size_t kNoDepth = 1;  // of simdjson's second stage, which is not used
    const auto code =
        simdjson::get_active_implementation()->create_dom_parser_implementation(wanted, kNoDepth, first_stage);
    if (code != simdjson::SUCCESS) {
      return Error{ErrorCode::internal, fmt::format("the JSON parser cannot work: {}", simdjson::error_message(code))};
    }
    bytes = std::make_unique_for_overwrite<char[]>(wanted + simdjson::SIMDJSON_PADDING);
    capacity = wanted;
    return {};
  }
};

JsonParser::JsonParser() : room_(std::make_unique<Room>()) {}
JsonParser::JsonParser(JsonParser&&) noexcept = default;
JsonParser& JsonParser::operator=(JsonParser&&) noexcept = default;
JsonParser::~JsonParser() = default;

Result<JsonValue> JsonParser::parse(std::string_view text) {
  if (text.size() > kMaxBytes) return bad_input("the JSON document is longer than 1 GiB");
  if (text.empty()) return not_valid(0, "there is nothing but white space");
  Room& room = *room_;
  if (auto made = room.make_room(text.size()); !made) return made.error();
  std::memcpy(room.bytes.get(), text.data(), text.size());
  std::memset(room.bytes.get() + text.size(), ' ', simdjson::SIMDJSON_PADDING);

  const auto code = room.first_stage->stage1(reinterpret_cast<const std::uint8_t*>(room.bytes.get()), text.size(),
                                             simdjson::stage1_mode::regular);
  if (code != simdjson::SUCCESS) return first_stage_error(code, text);
  const std::span tokens(room.first_stage->structural_indexes.get(), room.first_stage->n_structural_indexes);
  if (!room.walk.run({room.bytes.get(), text.size()}, tokens)) {
    return not_valid(room.walk.problem_offset(), room.walk.problem());
  }
  return JsonValue(room.walk.nodes().data(), room.bytes.get());
}

std::string_view json_type_name(JsonType type) {
  switch (type) {
    case JsonType::missing:
      return "missing";
    case JsonType::null:
      return "null";
    case JsonType::boolean:
      return "true or false";
    case JsonType::number:
      return "a number";
    case JsonType::string:
      return "a string";
    case JsonType::array:
      return "an array";
    case JsonType::object:
      return "an object";
  }
  return "unknown";
}

JsonValue JsonValue::operator[](std::string_view key) const {
  JsonValue found;
  for (const auto [name, value] : members()) {
    if (name == key) found = value;
  }
  return found;
}

JsonValue JsonValue::find(std::initializer_list<std::string_view> path) const {
  JsonValue value = *this;
  for (const std::string_view key : path) value = value[key];
  return value;
}

std::optional<std::int64_t> JsonValue::integer() const {
  const std::string_view digits = number();
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (digits.empty() || error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
  return value;
}

std::optional<bool> JsonValue::boolean() const {
  if (type() != JsonType::boolean) return std::nullopt;
  return raw().front() == 't';
}

JsonElements JsonValue::elements() const {
  if (!is_array()) return {{}, {}};
  return {{node_ + 1, bytes_}, {node_ + node_->skip, bytes_}};
}

JsonMembers JsonValue::members() const {
  if (!is_object()) return {{}, {}};
  return {{node_ + 1, bytes_}, {node_ + node_->skip, bytes_}};
}

}  // namespace renown::io
