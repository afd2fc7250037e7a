#include "io/json_escape.h"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <optional>

#include "base/utf8.h"

namespace renown::io {
namespace {

constexpr std::string_view kReplacement = "\xef\xbf\xbd";

constexpr bool needs_escape(char c) {
  return static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\' || c == '\x7f';
}

void append_escape(std::string& out, char c) {
  constexpr std::string_view kHex = "0123456789abcdef";
  switch (c) {
    case '"':
      out += "\\\"";
      return;
    case '\\':
      out += "\\\\";
      return;
    case '\n':
      out += "\\n";
      return;
    case '\r':
      out += "\\r";
      return;
    case '\t':
      out += "\\t";
      return;
    default:
      out += "\\u00";
      out += kHex[static_cast<unsigned char>(c) >> 4];
      out += kHex[static_cast<unsigned char>(c) & 15];
  }
}

/// Four hexadecimal digits at the front of `text`.
std::optional<std::uint32_t> hex4(std::string_view text) {
  if (text.size() < 4) return std::nullopt;
  std::uint32_t value = 0;
  for (const char c : text.substr(0, 4)) {
    const char lower = static_cast<char>(c | 0x20);
    if (c >= '0' && c <= '9') {
      value = value * 16 + static_cast<std::uint32_t>(c - '0');
    } else if (lower >= 'a' && lower <= 'f') {
      value = value * 16 + static_cast<std::uint32_t>(lower - 'a' + 10);
    } else {
      return std::nullopt;
    }
  }
  return value;
}

/// Writes one code point, no surrogate, as UTF-8; returns its bytes.
std::size_t put_utf8(char* out, std::uint32_t point) {
  const auto byte = [](std::uint32_t value) { return static_cast<char>(static_cast<unsigned char>(value)); };
  if (point < 0x80) {
    out[0] = byte(point);
    return 1;
  }
  if (point < 0x800) {
    out[0] = byte(0xc0 | point >> 6);
    out[1] = byte(0x80 | (point & 0x3f));
    return 2;
  }
  if (point < 0x10000) {
    out[0] = byte(0xe0 | point >> 12);
    out[1] = byte(0x80 | (point >> 6 & 0x3f));
    out[2] = byte(0x80 | (point & 0x3f));
    return 3;
  }
  out[0] = byte(0xf0 | point >> 18);
  out[1] = byte(0x80 | (point >> 12 & 0x3f));
  out[2] = byte(0x80 | (point >> 6 & 0x3f));
  out[3] = byte(0x80 | (point & 0x3f));
  return 4;
}

struct Escape {
  std::size_t size = 0;     ///< bytes of the escape, the backslash included; 0: it is not valid
  std::uint32_t point = 0;  ///< the code point it stands for
};

/// \uXXXX, or two of them that form a surrogate pair. `text` begins with the backslash.
Escape read_unicode_escape(std::string_view text) {
  const auto first = hex4(text.substr(2));
  if (!first || (*first >= 0xdc00 && *first <= 0xdfff)) return {};
  if (*first < 0xd800 || *first > 0xdbff) return {6, *first};
  if (!text.substr(6).starts_with("\\u")) return {};
  const auto second = hex4(text.substr(8));
  if (!second || *second < 0xdc00 || *second > 0xdfff) return {};
  return {12, 0x10000 + ((*first - 0xd800) << 10) + (*second - 0xdc00)};
}

Escape read_escape(std::string_view text) {
  if (text.size() < 2) return {};
  switch (text[1]) {
    case '"':
    case '\\':
    case '/':
      return {2, static_cast<unsigned char>(text[1])};
    case 'b':
      return {2, '\b'};
    case 'f':
      return {2, '\f'};
    case 'n':
      return {2, '\n'};
    case 'r':
      return {2, '\r'};
    case 't':
      return {2, '\t'};
    case 'u':
      return read_unicode_escape(text);
    default:
      return {};
  }
}

}  // namespace

void append_json_string(std::string& out, std::string_view text) {
  out += '"';
  std::size_t at = 0;
  while (at < text.size()) {
    std::size_t plain = at;
    while (plain < text.size() && !needs_escape(text[plain]) && static_cast<unsigned char>(text[plain]) < 0x80) ++plain;
    out.append(text, at, plain - at);
    at = plain;
    if (at == text.size()) break;
    if (needs_escape(text[at])) {
      append_escape(out, text[at++]);
      continue;
    }
    const std::size_t size = base::utf8_sequence_size(text.substr(at));
    out += size == 0 ? kReplacement : text.substr(at, size);
    at += size == 0 ? 1 : size;
  }
  out += '"';
}

std::string json_string(std::string_view text) {
  std::string out;
  out.reserve(text.size() + 2);
  append_json_string(out, text);
  return out;
}

JsonUnescaped json_unescape(std::span<char> content) {
  const std::string_view text(content.data(), content.size());
  std::size_t at = std::min(text.find('\\'), text.size());
  std::size_t out = at;
  while (at < text.size()) {
    const Escape escape = read_escape(text.substr(at));
    if (escape.size == 0) return {at, "an escape in a string is not valid"};
    out += put_utf8(content.data() + out, escape.point);
    at += escape.size;
    const std::size_t next = std::min(text.find('\\', at), text.size());
    std::memmove(content.data() + out, content.data() + at, next - at);
    out += next - at;
    at = next;
  }
  return {out, {}};
}

}  // namespace renown::io
