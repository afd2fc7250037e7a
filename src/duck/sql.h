/// Texts inside SQL statements.
#pragma once

#include <string>
#include <string_view>

namespace renown::duck {

/// `text` between quotes, each quote inside doubled.
inline std::string quoted(std::string_view text, char quote) {
  std::string result(1, quote);
  for (const char c : text) {
    if (c == quote) result += c;
    result += c;
  }
  return result += quote;
}

inline std::string text_literal(std::string_view text) {
  return quoted(text, '\'');
}
inline std::string name_literal(std::string_view name) {
  return quoted(name, '"');
}

}  // namespace renown::duck
