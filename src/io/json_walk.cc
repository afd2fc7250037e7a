#include "io/json_walk.h"

#include <cstring>

#include "io/json_escape.h"

namespace renown::io {
namespace {

constexpr bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

constexpr bool is_delimiter(char c) {
  return is_space(c) || c == ',' || c == '}' || c == ']' || c == ':' || c == '{' || c == '[';
}

constexpr bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// Bytes of the JSON number at the front of `text`, or 0 if there is none. `text` ends with no digit.
std::size_t number_size(std::string_view text) {
  const char* at = text.data();
  const char* const end = at + text.size();
  const auto skip_digits = [&] {
    const char* const begin = at;
    while (at < end && is_digit(*at)) ++at;
    return at > begin;
  };
  if (at < end && *at == '-') ++at;
  if (at < end && *at == '0') {
    ++at;
  } else if (!skip_digits()) {
    return 0;
  }
  if (at < end && *at == '.') {
    ++at;
    if (!skip_digits()) return 0;
  }
  if (at < end && (*at == 'e' || *at == 'E')) {
    ++at;
    if (at < end && (*at == '+' || *at == '-')) ++at;
    if (!skip_digits()) return 0;
  }
  return static_cast<std::size_t>(at - text.data());
}

}  // namespace

bool JsonWalk::run(std::span<char> bytes, std::span<const std::uint32_t> tokens) {
  bytes_ = bytes;
  tokens_ = tokens;
  at_ = 0;
  expect_ = Expect::value;
  nodes_.clear();
  open_.clear();
  do {
    if (at_ == tokens_.size()) return fail(bytes_.size(), "it ends too early");
    if (!step()) return false;
  } while (!open_.empty());
  if (at_ < tokens_.size()) return fail(offset(), "something follows the end of the JSON value");
  return true;
}

bool JsonWalk::step() {
  const char token = bytes_[offset()];
  switch (expect_) {
    case Expect::first_element:
      if (token == ']') return close();
      return read_value();
    case Expect::value:
      return read_value();
    case Expect::first_key:
      if (token == '}') return close();
      return read_key();
    case Expect::key:
      return read_key();
    case Expect::comma_or_close:
      return read_comma_or_close(token);
  }
  return false;
}

bool JsonWalk::read_value() {
  switch (bytes_[offset()]) {
    case '"':
      return read_string();
    case '{':
      return open(JsonType::object, Expect::first_key);
    case '[':
      return open(JsonType::array, Expect::first_element);
    case 't':
      return read_literal("true", JsonType::boolean);
    case 'f':
      return read_literal("false", JsonType::boolean);
    case 'n':
      return read_literal("null", JsonType::null);
    default:
      return read_number();
  }
}

bool JsonWalk::read_key() {
  if (bytes_[offset()] != '"') return fail(offset(), "a member's name in quotes is missing");
  if (!read_string()) return false;
  if (at_ == tokens_.size() || bytes_[offset()] != ':') return fail(offset(), "a ':' is missing");
  ++at_;
  expect_ = Expect::value;
  return true;
}

bool JsonWalk::read_comma_or_close(char token) {
  const bool in_array = nodes_[open_.back()].type == JsonType::array;
  if (token == ',') {
    ++at_;
    expect_ = in_array ? Expect::value : Expect::key;
    return true;
  }
  if (token == (in_array ? ']' : '}')) return close();
  return fail(offset(), in_array ? "a ',' or ']' is missing" : "a ',' or '}' is missing");
}

bool JsonWalk::open(JsonType type, Expect first) {
  if (open_.size() == JsonParser::kMaxDepth) return fail(offset(), "arrays and objects are nested too deeply");
  open_.push_back(static_cast<std::uint32_t>(nodes_.size()));
  nodes_.push_back({tokens_[at_], 0, 1, type});
  ++at_;
  expect_ = first;
  return true;
}

bool JsonWalk::close() {
  JsonNode& container = nodes_[open_.back()];
  container.skip = static_cast<std::uint32_t>(nodes_.size()) - open_.back();
  open_.pop_back();
  ++at_;
  expect_ = Expect::comma_or_close;
  return true;
}

bool JsonWalk::read_string() {
  const std::size_t begin = offset() + 1;
  // The closing quote is the last byte before the next token that is no white space.
  std::size_t end = at_ + 1 < tokens_.size() ? tokens_[at_ + 1] : bytes_.size();
  while (end > begin && is_space(bytes_[end - 1])) --end;
  if (end == begin || bytes_[end - 1] != '"') return fail(offset(), "a string is not closed");
  --end;

  const std::span<char> content = bytes_.subspan(begin, end - begin);
  const JsonUnescaped unescaped = json_unescape(content);
  if (!unescaped.problem.empty()) return fail(begin + unescaped.size, unescaped.problem);
  return push_scalar(JsonType::string, begin, unescaped.size);
}

bool JsonWalk::read_number() {
  const std::size_t begin = offset();
  const std::size_t size = number_size(std::string_view(bytes_.data(), bytes_.size()).substr(begin));
  if (size == 0) return fail(begin, "a value is missing");
  if (!ends_at(begin + size)) return fail(begin + size, "this is no part of a number");
  return push_scalar(JsonType::number, begin, size);
}

bool JsonWalk::read_literal(std::string_view literal, JsonType type) {
  const std::size_t begin = offset();
  const std::string_view rest = std::string_view(bytes_.data(), bytes_.size()).substr(begin);
  if (!rest.starts_with(literal) || !ends_at(begin + literal.size())) return fail(begin, "a value is missing");
  return push_scalar(type, begin, literal.size());
}

bool JsonWalk::push_scalar(JsonType type, std::size_t begin, std::size_t size) {
  nodes_.push_back({static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(size), 1, type});
  ++at_;
  expect_ = Expect::comma_or_close;
  return true;
}

bool JsonWalk::ends_at(std::size_t offset) const {
  return offset == bytes_.size() || is_delimiter(bytes_[offset]);
}

bool JsonWalk::fail(std::size_t offset, std::string_view problem) {
  problem_offset_ = offset;
  problem_ = problem;
  return false;
}

}  // namespace renown::io
