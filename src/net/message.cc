#include "net/message.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace renown::net {

bool is_credential_header(std::string_view name) {
  constexpr std::array<std::string_view, 11> kNames{"authorization",  "proxy-authorization", "cookie",        "dpop",
                                                    "x-api-key",      "x-auth-token",        "private-token", "api-key",
                                                    "x-access-token", "x-goog-api-key",      "user-api-key"};
  return std::ranges::any_of(kNames, [name](std::string_view known) { return same_name(name, known); });
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
