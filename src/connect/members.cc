#include "connect/members.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "base/ascii.h"
#include "base/time.h"
#include "base/utf8.h"
#include "connect/plain_text.h"

namespace renown::connect {

void Members::complain(std::string_view member, std::string_view what) {
  if (problem_.empty()) problem_ = fmt::format("'{}' is {}", member, what);
}

std::string_view Members::text(std::string_view member) {
  const io::JsonValue value = object_[member];
  const std::string_view text = value.text_or_number();
  if (text.empty()) complain(member, value.is_string() ? "empty" : io::json_type_name(value.type()));
  return text;
}

std::int64_t Members::number(std::string_view member) {
  const std::string_view digits = text(member);
  const auto number = whole_number(digits);
  if (!number) complain(member, "no whole number");
  return number.value_or(0);
}

std::int64_t Members::time(std::string_view member) {
  const auto time = base::parse_time(text(member));
  if (!time) complain(member, "no time: " + time.error().message);
  return time ? *time : 0;
}

std::optional<std::int64_t> whole_number(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (failed != std::errc{} || end != text.data() + text.size()) return {};
  return number;
}

bool is_plain_name(std::string_view text) {
  return !text.empty() &&
         std::ranges::all_of(text, [](char c) { return base::is_letter_or_digit(c) || c == '_' || c == '-'; });
}

std::string in_address(std::string_view text) {
  std::string address;
  for (const char c : text) {
    if (base::is_letter_or_digit(c) || std::string_view("-._~/").contains(c)) {
      address += c;
    } else {
      address += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return address;
}

std::string beginning(std::string_view text) {
  std::string result;
  for (std::size_t count = 0; count < kPostCharacters && !text.empty(); ++count) {
    const std::size_t size = base::utf8_sequence_size(text);
    if (size == 0) break;
    const bool is_control = static_cast<unsigned char>(text[0]) < 0x20 || text[0] == 0x7f;
    result += is_control ? " " : text.substr(0, size);
    text.remove_prefix(size);
  }
  return std::string(base::trim(result));
}

}  // namespace renown::connect
