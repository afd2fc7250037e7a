#include "net/message.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

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

bool is_credential_header(std::string_view name) {
  constexpr std::array<std::string_view, 11> kNames{"authorization",  "proxy-authorization", "cookie",        "dpop",
                                                    "x-api-key",      "x-auth-token",        "private-token", "api-key",
                                                    "x-access-token", "user-api-key",        "x-goog-api-key"};
  return std::ranges::any_of(kNames, [name](std::string_view known) { return same_name(name, known); });
}

bool is_token(std::string_view text) {
  static constexpr std::string_view kOthers = "!#$%&'*+-.^_`|~";
  return !text.empty() && std::ranges::all_of(text, [](char c) {
    return base::is_letter_or_digit(c) || kOthers.find(c) != std::string_view::npos;
  });
}

std::optional<Failure> unsendable_headers(const Headers& headers) {
  for (const Header& header : headers) {
    if (!is_token(header.name)) return Failure{FailureKind::bad_request, "the name of a request header is not a word"};
    if (std::ranges::any_of(header.value, [](char c) { return c == '\r' || c == '\n' || c == '\0'; })) {
      return Failure{FailureKind::bad_request, fmt::format("the request header {} holds a line break", header.name)};
    }
  }
  return std::nullopt;
}

}  // namespace renown::net
