#include "http/percent.h"

#include <algorithm>

#include "base/ascii.h"
#include "base/utf8.h"

namespace renown::http {

std::optional<std::string> percent_decoded(std::string_view text, bool plus_is_blank) {
  std::string decoded;
  decoded.reserve(text.size());
  for (std::size_t at = 0; at < text.size(); ++at) {
    char c = text[at];
    if (c == '%') {
      if (text.size() - at < 3) return std::nullopt;
      const int high = base::hex_value(text[at + 1]), low = base::hex_value(text[at + 2]);
      if (high < 0 || low < 0) return std::nullopt;
      c = static_cast<char>(high * 16 + low);
      at += 2;
    } else if (c == '+' && plus_is_blank) {
      c = ' ';
    }
    if (static_cast<unsigned char>(c) < ' ' || c == 0x7f) return std::nullopt;
    decoded += c;
  }
  if (!base::is_utf8(decoded)) return std::nullopt;
  return decoded;
}

}  // namespace renown::http
