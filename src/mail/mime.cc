#include "mail/mime.h"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include "base/encoding.h"
#include "base/utf8.h"

namespace renown::mail {
namespace {

constexpr std::size_t kWordBytes = 39;  ///< of text in an encoded word: 52 letters of base64, 64 with what is around
constexpr std::size_t kMostLine = 76;
constexpr std::size_t kMostPlain = 60;  ///< a plain value that fits into the line of its header

bool is_control(char c) {
  return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
}

/// Whole letters of the text, one after the other; a byte that begins none is U+FFFD.
template <class Take>
void each_letter(std::string_view text, const Take& take) {
  while (!text.empty()) {
    const std::size_t size = base::utf8_sequence_size(text);
    take(size == 0 ? std::string_view("\xEF\xBF\xBD") : text.substr(0, size));
    text.remove_prefix(std::max<std::size_t>(size, 1));
  }
}

std::string without_controls(std::string_view text) {
  std::string clean;
  each_letter(text, [&](std::string_view letter) { clean += is_control(letter.front()) ? " " : letter; });
  return clean;
}

std::string hex_of(char c) {
  return fmt::format("={:02X}", static_cast<unsigned char>(c));
}

/// One line without its end: "=" at the end of a piece joins the next.
void append_line(std::string& out, std::string_view line) {
  std::size_t width = 0;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    const bool is_last = i + 1 == line.size();
    const bool is_blank = c == ' ' || c == '\t';
    const bool is_plain = c != '=' && ((c > ' ' && c < 127) || (is_blank && !is_last));
    const std::string piece = is_plain ? std::string(1, c) : hex_of(c);
    if (width + piece.size() > kMostLine - 1) {
      out += "=\r\n";
      width = 0;
    }
    out += piece;
    width += piece.size();
  }
  out += "\r\n";
}

}  // namespace

std::string header_text(std::string_view text) {
  const std::string clean = without_controls(text);
  if (base::is_ascii(clean) && clean.size() <= kMostPlain && clean.find("=?") == std::string::npos) return clean;
  std::vector<std::string> words(1);
  each_letter(clean, [&](std::string_view letter) {
    if (words.back().size() + letter.size() > kWordBytes) words.emplace_back();
    words.back() += letter;
  });
  std::string folded;
  for (const std::string& word : words)
    folded += fmt::format("{}=?UTF-8?B?{}?=", folded.empty() ? "" : "\r\n ", base::base64(word));
  return folded;
}

std::string quoted_printable(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    append_line(out, line);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

}  // namespace renown::mail
