#include "people/robots.h"

#include <algorithm>
#include <cstddef>

#include <fmt/format.h>

#include "base/ascii.h"
#include "people/web_address.h"

namespace renown::people {
namespace {

constexpr std::size_t kMaxBytes = std::size_t{500} << 10;

/// Whether the pattern fits the front of the path. Greedy with one place to go back to: time is path times pattern.
bool fits(std::string_view pattern, std::string_view path) {
  const bool to_end = pattern.ends_with('$');
  if (to_end) pattern.remove_suffix(1);
  std::size_t p = 0, t = 0, star = std::string_view::npos, back = 0;
  while (true) {
    if (p == pattern.size() && (!to_end || t == path.size())) return true;
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      back = t;
    } else if (p < pattern.size() && t < path.size() && pattern[p] == path[t]) {
      ++p, ++t;
    } else if (star != std::string_view::npos && back < path.size()) {
      p = star + 1;
      t = ++back;
    } else {
      return false;
    }
  }
}

/// The product name in front of a user-agent line: letters, '_' and '-'.
std::string product_of(std::string_view value) {
  if (value.starts_with('*')) return "*";
  const std::size_t end = value.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_-");
  return base::lower(value.substr(0, end));
}

}  // namespace

Robots Robots::parse(std::string_view text, std::string_view agent) {
  const std::string own = base::lower(agent);
  Robots ours, everybodys;
  bool names_us = false, in_ours = false, in_everybodys = false, after_rule = true;
  text = text.substr(0, kMaxBytes);
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find_first_of("\r\n", begin), text.size());
    const std::string_view line = text.substr(begin, end - begin);
    begin = end + 1;
    const std::string_view statement = line.substr(0, line.find('#'));
    const std::size_t colon = statement.find(':');
    if (colon == std::string_view::npos) continue;
    const std::string key = base::lower(base::trim(statement.substr(0, colon)));
    const std::string_view value = base::trim(statement.substr(colon + 1));
    if (key == "user-agent") {
      if (after_rule) in_ours = in_everybodys = after_rule = false;
      const std::string product = product_of(value);
      in_ours = in_ours || product == own;
      in_everybodys = in_everybodys || product == "*";
      names_us = names_us || in_ours;
    } else if (key == "allow" || key == "disallow") {
      after_rule = true;
      if (value.empty()) continue;
      const Rule rule{normal_encoding(value), key == "allow"};
      if (in_ours) ours.rules_.push_back(rule);
      if (in_everybodys) everybodys.rules_.push_back(rule);
    }
  }
  return names_us ? ours : everybodys;
}

bool Robots::may_fetch(std::string_view path) const {
  if (path == "/robots.txt") return true;
  const std::string wanted = normal_encoding(path.substr(0, path.find('#')));
  std::size_t longest = 0;
  bool allowed = true;
  for (const Rule& rule : rules_) {
    if (!fits(rule.pattern, wanted)) continue;
    if (rule.pattern.size() > longest || (rule.pattern.size() == longest && rule.allow)) {
      longest = rule.pattern.size();
      allowed = rule.allow;
    }
  }
  return allowed;
}

bool may_fetch_without_robots(int http_status) {
  return http_status >= 400 && http_status < 500;
}

}  // namespace renown::people
