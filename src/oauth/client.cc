#include "oauth/client.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "io/json.h"
#include "oauth/encoding.h"

namespace renown::oauth {
namespace {

/// A scope that is not here is refused, whatever its name sounds like: GitHub's "repo" reads and writes.
constexpr std::array kReading = {
    std::string_view("atproto"),  // who one is, and nothing else
    std::string_view("read"),
    std::string_view("read:accounts"),  // Mastodon
    std::string_view("read:statuses"),
    std::string_view("read:notifications"),
    std::string_view("read:favourites"),
    std::string_view("read:follows"),
    std::string_view("profile"),
    std::string_view("read:user"),
    std::string_view("read:org"),  // GitHub
    std::string_view("tweet.read"),
    std::string_view("users.read"),  // X
    std::string_view("like.read"),
    std::string_view("offline.access"),
    std::string_view("identity"),
    std::string_view("history"),                                           // Reddit
    std::string_view("https://www.googleapis.com/auth/youtube.readonly"),  // YouTube
    std::string_view("read_inbox"),
    std::string_view("no_expiry"),  // Stack Exchange
};

/// Methods of AT Protocol that only read; a scope names one, and behind "?aud=" the service that may be asked for it.
constexpr std::array kReadingMethods = {std::string_view("rpc:app.bsky.notification.listNotifications")};

bool only_reads(std::string_view scope) {
  if (std::ranges::find(kReading, scope) != kReading.end()) return true;
  const std::size_t query = scope.find('?');
  const std::string_view audience = scope.substr(std::min(query, scope.size()));
  // More parameters could name more methods.
  return audience.starts_with("?aud=") && audience.find('&') == std::string_view::npos &&
         std::ranges::find(kReadingMethods, scope.substr(0, query)) != kReadingMethods.end();
}

constexpr int kOk = 200;

}  // namespace

Result<void> check_read_only(std::string_view scope) {
  while (!scope.empty()) {
    const std::string_view word = scope.substr(0, scope.find_first_of(" ,"));  // GitHub grants with commas
    scope.remove_prefix(std::min(scope.size(), word.size() + 1));
    if (!word.empty() && !only_reads(word))
      return Error{ErrorCode::usage,
                   fmt::format("the scope '{}' is not known to read only; Renown asks for no other", word)};
  }
  return {};
}

net::Request registration_request(std::string_view origin, const Client& wanted) {
  return {.method = "POST",
          .url = fmt::format("{}/api/v1/apps", origin),
          .headers = {{"Content-Type", "application/x-www-form-urlencoded"}, {"Accept", "application/json"}},
          .body = form({{"client_name", "Renown"}, {"redirect_uris", wanted.redirect_uri}, {"scopes", wanted.scope}})};
}

Result<Client> parse_registration(const net::Response& answer, const Client& wanted, std::string_view origin) {
  if (answer.status != kOk)
    return Error{ErrorCode::io,
                 fmt::format("{} did not register Renown (status {}): try again later", origin, answer.status)};
  io::JsonParser parser;
  const auto root = parser.parse(answer.body);
  Client client = wanted;
  if (root) {
    client.id = (*root)["client_id"].text_or_number();
    client.secret = (*root)["client_secret"].text();
  }
  if (client.id.empty()) return bad_input(fmt::format("{} registered Renown and gave it no client_id", origin));
  return client;
}

}  // namespace renown::oauth
