#include "net/headers.h"

#include <algorithm>

#include "base/ascii.h"

namespace renown::net {

bool same_name(std::string_view one, std::string_view other) {
  return base::same_but_for_case(one, other);
}

void Headers::set(std::string name, std::string value) {
  remove(name);
  add(std::move(name), std::move(value));
}

void Headers::remove(std::string_view name) {
  std::erase_if(headers_, [name](const Header& header) { return same_name(header.name, name); });
}

std::optional<std::string_view> Headers::find(std::string_view name) const {
  for (const Header& header : headers_) {
    if (same_name(header.name, name)) return header.value;
  }
  return std::nullopt;
}

std::string Headers::all(std::string_view name) const {
  std::string joined;
  for (const Header& header : headers_) {
    if (!same_name(header.name, name)) continue;
    if (!joined.empty()) joined += ", ";
    joined += header.value;
  }
  return joined;
}

bool is_token(std::string_view text) {
  static constexpr std::string_view kOthers = "!#$%&'*+-.^_`|~";
  return !text.empty() && std::ranges::all_of(text, [](char c) {
    return base::is_letter_or_digit(c) || kOthers.find(c) != std::string_view::npos;
  });
}

}  // namespace renown::net
