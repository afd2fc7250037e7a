#include "base/text.h"

#include <fmt/format.h>
#include <utf8proc.h>

namespace renown::base {
namespace {

/// One code point and how many bytes it takes; a broken byte is code point -1 and one byte.
struct CodePoint {
  utf8proc_int32_t value = -1;
  std::size_t size_bytes = 1;
};

CodePoint first_code_point(std::string_view text) {
  CodePoint point;
  const utf8proc_ssize_t taken = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                                  static_cast<utf8proc_ssize_t>(text.size()), &point.value);
  if (taken > 0) point.size_bytes = static_cast<std::size_t>(taken);
  return point;
}

bool is_control(utf8proc_int32_t code_point) {
  const utf8proc_category_t category = utf8proc_category(code_point);
  const bool reorders = (code_point >= 0x202a && code_point <= 0x202e) ||
                        (code_point >= 0x2066 && code_point <= 0x2069) || code_point == 0x200e ||
                        code_point == 0x200f || code_point == 0x061c;
  return reorders || category == UTF8PROC_CATEGORY_CC || category == UTF8PROC_CATEGORY_ZL ||
         category == UTF8PROC_CATEGORY_ZP;
}

}  // namespace

std::vector<std::string_view> split_words(std::string_view text) {
  std::vector<std::string_view> words;
  while (!text.empty()) {
    const std::size_t begin = text.find_first_not_of(' ');
    if (begin == std::string_view::npos) break;
    const std::size_t end = std::min(text.find(' ', begin), text.size());
    words.push_back(text.substr(begin, end - begin));
    text.remove_prefix(end);
  }
  return words;
}

std::string printable(std::string_view text) {
  std::string result;
  while (!text.empty()) {
    const CodePoint point = first_code_point(text);
    if (point.value < 0) {
      result += "\xef\xbf\xbd";  // U+FFFD
    } else if (is_control(point.value)) {
      result += point.value < 0x100 ? fmt::format("\\x{:02x}", point.value) : fmt::format("\\u{:04x}", point.value);
    } else {
      result += text.substr(0, point.size_bytes);
    }
    text.remove_prefix(point.size_bytes);
  }
  return result;
}

std::size_t display_width(std::string_view text) {
  std::size_t width = 0;
  while (!text.empty()) {
    const CodePoint point = first_code_point(text);
    width += point.value < 0 ? 1 : static_cast<std::size_t>(utf8proc_charwidth(point.value));
    text.remove_prefix(point.size_bytes);
  }
  return width;
}

std::string shorten(std::string_view text, std::size_t columns) {
  if (display_width(text) <= columns) return std::string(text);
  std::string result;
  std::size_t width = 0;
  while (!text.empty()) {
    const CodePoint point = first_code_point(text);
    const std::string_view bytes = text.substr(0, point.size_bytes);
    const std::size_t next = display_width(bytes);
    if (width + next + 1 > columns) break;
    result += bytes;
    width += next;
    text.remove_prefix(point.size_bytes);
  }
  return result + "\xe2\x80\xa6";
}

}  // namespace renown::base
