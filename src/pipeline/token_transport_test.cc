#include "pipeline/token_transport.h"

#include <vector>

#include <gtest/gtest.h>

#include "pipeline/connectors.h"

namespace renown::pipeline {
namespace {

/// Answers everything, and keeps what it was asked.
class Inner final : public net::Transport {
 public:
  std::vector<net::Fetched> fetch_all(std::span<const net::Request> requests, std::stop_token) override {
    asked.insert(asked.end(), requests.begin(), requests.end());
    return std::vector<net::Fetched>(requests.size(), net::Response{.status = 200});
  }

  std::vector<net::Request> asked;
};

constexpr const char* kOrigin = "https://forum.example:443";

Result<std::string> token(const std::string&) {
  return std::string("secret");
}

TEST(TokenTransport, a_token_is_a_bearer_of_authorization) {
  Inner inner;
  TokenTransport http(inner, kOrigin, "Authorization", token);
  static_cast<void>(http.fetch({.url = "https://forum.example/a"}));
  EXPECT_EQ(inner.asked[0].headers.find("Authorization"), "Bearer secret");
}

TEST(TokenTransport, or_stands_in_a_header_of_the_networks_own) {
  Inner inner;
  TokenTransport http(inner, kOrigin, "User-Api-Key", token);
  static_cast<void>(http.fetch({.url = "https://forum.example/a"}));
  static_cast<void>(http.fetch({.url = "https://elsewhere.example/a"}));
  EXPECT_EQ(inner.asked[0].headers.find("User-Api-Key"), "secret");
  EXPECT_FALSE(inner.asked[0].headers.find("Authorization"));
  EXPECT_FALSE(inner.asked[1].headers.find("User-Api-Key"));
}

TEST(Connectors, every_header_that_takes_a_token_is_known_as_a_credential) {
  bool is_any = false;
  for (const ConnectorKind& kind : connectors()) {
    is_any = is_any || !kind.key_header.empty();
    EXPECT_TRUE(kind.key_header.empty() || net::is_credential_header(kind.key_header)) << kind.name;
  }
  EXPECT_TRUE(is_any);
}

}  // namespace
}  // namespace renown::pipeline
