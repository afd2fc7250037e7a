#include "ingest/archive/mended_text.h"

#include "base/utf8.h"

namespace renown::ingest::archive {

std::string mended_text(std::string_view text) {
  std::string bytes;
  bytes.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto first = static_cast<unsigned char>(text[i]);
    if (first < 0x80) {
      bytes += text[i];
      continue;
    }
    // U+0080 to U+00FF are the two bytes c2 or c3 and one more
    if ((first != 0xc2 && first != 0xc3) || i + 1 == text.size()) return std::string(text);
    const auto second = static_cast<unsigned char>(text[++i]);
    bytes += static_cast<char>((first & 0x03) << 6 | (second & 0x3f));
  }
  return base::is_utf8(bytes) ? bytes : std::string(text);
}

}  // namespace renown::ingest::archive
