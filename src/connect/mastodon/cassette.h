/// For tests: what a real Mastodon answered, out of the cassettes of VCR (YAML). Reads what its recorder writes, which
/// is a small part of YAML: keys at fixed depths, texts plain or in single quotes, long ones folded over lines.
#pragma once

#include <fstream>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/ascii.h"
#include "net/message.h"

namespace renown::connect::mastodon::test {

struct Exchange {
  std::string method, uri;  ///< "http://localhost:3000/api/v1/..."
  int status = 0;
  net::Headers headers;
  std::string body;
};

/// The text at the front of `rest`, which is taken off: in quotes up to the closing one, plain up to a line that is
/// indented less than `indent`. Folded lines become one.
inline std::string take_text(std::string_view& rest, std::size_t indent) {
  const bool is_quoted = rest.starts_with('\'');
  if (is_quoted) rest.remove_prefix(1);
  std::string text;
  while (!rest.empty()) {
    if (is_quoted && rest.front() == '\'') {
      if (!rest.starts_with("''")) break;
      rest.remove_prefix(1);
    }
    if (rest.front() != '\n') {
      text += rest.front();
      rest.remove_prefix(1);
      continue;
    }
    std::size_t lines = 0, blanks = 0;
    std::string_view ahead = rest;
    for (; ahead.starts_with('\n'); ++lines) {
      ahead.remove_prefix(1);
      blanks = std::min(ahead.find_first_not_of(' '), ahead.size());
      ahead.remove_prefix(blanks);
    }
    if (!is_quoted && blanks < indent) break;
    while (text.ends_with(' ')) text.pop_back();
    text += lines == 1 ? std::string(" ") : std::string(lines - 1, '\n');
    rest = ahead;
  }
  rest.remove_prefix(std::min(rest.find('\n') + 1, rest.size()));
  return text;
}

inline std::vector<Exchange> read_cassette(const std::string& path) {
  std::ifstream file(path);
  const std::string bytes{std::istreambuf_iterator<char>(file), {}};
  std::vector<Exchange> exchanges;
  bool is_response = false;
  std::string header;
  for (std::string_view rest = bytes; !rest.empty();) {
    const auto take = [&](std::string_view key) {
      if (!rest.starts_with(key)) return false;
      rest.remove_prefix(key.size());
      return true;
    };
    if (take("- request:")) {
      exchanges.emplace_back();
      is_response = false;
    } else if (take("  response:")) {
      is_response = true;
    } else if (take("    method: ")) {
      exchanges.back().method = take_text(rest, 6);
      continue;
    } else if (take("    uri: ")) {
      exchanges.back().uri = take_text(rest, 6);
      continue;
    } else if (is_response && take("      string: ")) {
      exchanges.back().body = take_text(rest, 8);
      continue;
    } else if (is_response && take("      code: ")) {
      exchanges.back().status = std::stoi(take_text(rest, 8));
      continue;
    } else if (is_response && take("      - ")) {
      exchanges.back().headers.add(header, take_text(rest, 8));
      continue;
    } else if (take("      ")) {
      header = base::lower(rest.substr(0, rest.find(':')));
    }
    rest.remove_prefix(std::min(rest.find('\n') + 1, rest.size()));
  }
  return exchanges;
}

}  // namespace renown::connect::mastodon::test
