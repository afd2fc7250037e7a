#include "net/secrets.h"

#include <algorithm>
#include <array>

namespace renown::net {
namespace {

constexpr std::size_t kShortest = 8;
constexpr std::string_view kBeforeKey = "?&;#";
constexpr std::string_view kAfterValue = "&;#<>\" \t\r\n";

/// Where a key may begin: at the front, and after each of kBeforeKey.
std::size_t next_key(std::string_view text, std::size_t from) {
  const std::size_t at = text.find_first_of(kBeforeKey, from);
  return at == std::string_view::npos ? at : at + 1;
}

}  // namespace

bool is_secret_key(std::string_view key) {
  constexpr std::array<std::string_view, 20> kKeys{"access_token",  "refresh_token", "id_token",    "token",
                                                   "auth",          "key",           "api_key",     "apikey",
                                                   "code",          "state",         "password",    "secret",
                                                   "client_secret", "code_verifier", "sig",         "signature",
                                                   "jwt",           "assertion",     "oauth_token", "client_assertion"};
  return std::ranges::any_of(kKeys, [key](std::string_view known) { return same_name(key, known); });
}

std::string without_query_secrets(std::string_view text, std::vector<std::string>* found) {
  std::string result;
  std::size_t copied = 0;
  for (std::size_t at = 0; at != std::string_view::npos; at = next_key(text, at)) {
    const std::size_t equals = text.find_first_of("=&;#?", at);
    if (equals == std::string_view::npos || text[equals] != '=') continue;
    if (!is_secret_key(text.substr(at, equals - at))) continue;
    const std::size_t end = std::min(text.find_first_of(kAfterValue, equals + 1), text.size());
    if (end == equals + 1) continue;
    if (found != nullptr) found->emplace_back(text.substr(equals + 1, end - equals - 1));
    result += text.substr(copied, equals + 1 - copied);
    result += kRemoved;
    copied = end;
  }
  return result += text.substr(copied);
}

std::vector<std::string> secrets_of(const Request& request) {
  std::vector<std::string> secrets;
  without_query_secrets(request.url, &secrets);
  without_query_secrets(request.body, &secrets);
  for (const Header& header : request.headers) {
    if (!is_credential_header(header.name)) continue;
    secrets.push_back(header.value);
    // "Bearer x", "session=x": the part behind may come alone.
    if (const auto at = header.value.find_last_of(" ="); at != std::string::npos)
      secrets.push_back(header.value.substr(at + 1));
  }
  std::erase_if(secrets, [](const std::string& secret) { return secret.size() < kShortest; });
  std::ranges::sort(secrets,
                    [](const auto& a, const auto& b) { return a.size() > b.size(); });  // "Bearer x" before "x"
  return secrets;
}

std::string without(std::string text, const std::vector<std::string>& secrets) {
  for (const std::string& secret : secrets) {
    for (std::size_t at = 0; (at = text.find(secret, at)) != std::string::npos; at += kRemoved.size()) {
      text.replace(at, secret.size(), kRemoved);
    }
  }
  return text;
}

}  // namespace renown::net
