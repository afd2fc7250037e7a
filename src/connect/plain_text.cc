#include "connect/plain_text.h"

#include <algorithm>
#include <array>
#include <span>

#include "base/ascii.h"
#include "base/text.h"
#include "base/utf8.h"
#include "people/html_tokens.h"

namespace renown::connect {
namespace {

std::string_view name_of(std::string_view tag) {  // "<SPAN class=x>", "</span>"
  tag.remove_prefix(tag.starts_with("</") ? 2 : 1);
  return tag.substr(0, tag.find_first_of(" \t\r\n/>"));
}

bool is_one_of(std::string_view name, std::span<const std::string_view> names) {
  return std::ranges::any_of(names, [&](std::string_view each) { return base::same_but_for_case(name, each); });
}

/// Tags inside of words, as Mastodon writes "#<span>birds</span>"; every other stands between words.
bool is_inside_words(std::string_view name) {
  constexpr std::array<std::string_view, 8> kNames = {"a", "b", "em", "i", "span", "strong", "u", "wbr"};
  return is_one_of(name, kNames);
}

bool is_unread(std::string_view name) {
  constexpr std::array<std::string_view, 2> kNames = {"script", "style"};
  return is_one_of(name, kNames);
}

std::string without_tags(std::string_view html) {
  std::string text;
  const std::string lower = base::lower(html);
  for (std::size_t at = 0; at < html.size();) {
    if (html[at] != '<') {
      text += html[at++];
      continue;
    }
    const std::size_t end = html.find('>', at);
    if (end == std::string_view::npos) break;
    const std::string_view tag = html.substr(at, end + 1 - at);
    const std::string_view name = name_of(tag);
    at = end + 1;
    if (!tag.starts_with("</") && is_unread(name)) {
      at = std::min(lower.find("</" + base::lower(name), at), html.size());
    }
    if (!is_inside_words(name)) text += ' ';
  }
  return text;
}

std::string in_one_line(std::string text) {
  for (char& byte : text) {
    if (static_cast<unsigned char>(byte) <= ' ' || byte == 0x7F) byte = ' ';
  }
  std::string line;
  for (const std::string_view word : base::split_words(text)) {
    if (!line.empty()) line += ' ';
    line += word;
  }
  return line;
}

}  // namespace

std::string plain_text(std::string_view html, std::size_t most_characters) {
  std::string line = in_one_line(people::resolve_references(without_tags(html)));
  std::size_t end = 0;
  for (std::size_t count = 0; count < most_characters && end < line.size(); ++count) {
    end += std::max<std::size_t>(1, base::utf8_sequence_size(std::string_view(line).substr(end)));
  }
  line.resize(end);
  return line;
}

}  // namespace renown::connect
