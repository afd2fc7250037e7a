#include "pipeline/token_transport.h"

#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "pipeline/connectors.h"

namespace renown::pipeline {
namespace {

constexpr const char* kOrigin = "https://api.example:443";

/// Takes one token, and answers 401 to everything else that is asked of its host.
class Server final : public net::Transport {
 public:
  explicit Server(std::string takes) : takes_(std::move(takes)) {}
  std::vector<net::Fetched> fetch_all(std::span<const net::Request> requests, std::stop_token) override {
    std::vector<net::Fetched> answers;
    for (const net::Request& request : requests) {
      const std::string said(request.headers.find("Authorization").value_or("nothing"));
      said_.push_back(said);
      answers.emplace_back(net::Response{.status = said == "Bearer " + takes_ ? 200 : 401, .url = request.url});
    }
    return answers;
  }
  std::vector<std::string> said_;

 private:
  std::string takes_;
};

/// Answers everything, and keeps what it was asked.
class Inner final : public net::Transport {
 public:
  std::vector<net::Fetched> fetch_all(std::span<const net::Request> requests, std::stop_token) override {
    asked.insert(asked.end(), requests.begin(), requests.end());
    return std::vector<net::Fetched>(requests.size(), net::Response{.status = 200});
  }

  std::vector<net::Request> asked;
};

int status(TokenTransport& transport, const std::string& url) {
  const auto fetched = transport.fetch({.url = url});
  return fetched ? fetched->status : 0;
}

TEST(TokenTransport, ExchangesATokenThatIsNotTakenOnce) {
  Server server("new");
  TokenTransport transport(server, kOrigin, "Authorization", [](const std::string& not_taken) -> Result<std::string> {
    return std::string(not_taken == "old" ? "new" : "old");
  });
  EXPECT_EQ(status(transport, "https://api.example/a"), 200);
  EXPECT_EQ(server.said_, (std::vector<std::string>{"Bearer old", "Bearer new"}));
}

TEST(TokenTransport, LeavesARefusalWhereThereIsNoNewerToken) {
  Server server("other");
  int asked = 0;
  TokenTransport transport(server, kOrigin, "Authorization", [&](const std::string&) -> Result<std::string> {
    ++asked;
    return std::string("old");
  });
  EXPECT_EQ(status(transport, "https://api.example/a"), 401);
  EXPECT_EQ(server.said_.size(), 1U);
  EXPECT_EQ(asked, 2);
}

TEST(TokenTransport, AsksNothingWithoutAToken) {
  Server server("any");
  TokenTransport over(server, kOrigin, "Authorization",
                      [](const std::string&) -> Result<std::string> { return bad_input("log in again"); });
  EXPECT_EQ(status(over, "https://api.example/a"), 401) << "the person has to connect again";
  TokenTransport not_now(server, kOrigin, "Authorization",
                         [](const std::string&) -> Result<std::string> { return Error{ErrorCode::io, "not now"}; });
  EXPECT_EQ(not_now.fetch({.url = "https://api.example/a"}).error().kind, net::FailureKind::try_later);
  EXPECT_TRUE(server.said_.empty());
}

TEST(TokenTransport, GivesNoOtherServerAToken) {
  Server server("secret");
  TokenTransport transport(server, kOrigin, "Authorization",
                           [](const std::string&) -> Result<std::string> { return std::string("secret"); });
  for (const char* url : {"https://api.example:8443/", "http://api.example/", "https://api.example.evil.example/",
                          "https://evil.example/api.example", "not a url"}) {
    EXPECT_EQ(status(transport, url), 401) << url;
  }
  for (const std::string& said : server.said_) EXPECT_EQ(said, "nothing");
  const net::Request own{.url = "https://api.example/", .headers = {{"authorization", "Basic x"}}};
  EXPECT_EQ(transport.fetch(own)->status, 401);
  EXPECT_EQ(server.said_.back(), "Basic x") << "what a connector says itself stands";
}

TEST(TokenTransport, stands_in_a_header_of_the_networks_own) {
  Inner inner;
  TokenTransport http(inner, kOrigin, "User-Api-Key", [](const std::string&) { return std::string("secret"); });
  static_cast<void>(http.fetch({.url = "https://api.example/a"}));
  static_cast<void>(http.fetch({.url = "https://elsewhere.example/a"}));
  EXPECT_EQ(inner.asked[0].headers.find("User-Api-Key"), "secret");
  EXPECT_FALSE(inner.asked[0].headers.find("Authorization"));
  EXPECT_FALSE(inner.asked[1].headers.find("User-Api-Key"));
}

TEST(TokenTransport, without_a_token_the_rest_is_asked_all_the_same) {
  Inner inner;
  TokenTransport http(inner, kOrigin, "Authorization",
                      [](const std::string&) -> Result<std::string> { return bad_input("log in again"); });
  const std::vector<net::Request> both = {{.url = "https://api.example/a"}, {.url = "https://elsewhere.example/a"}};
  const auto answers = http.fetch_all(both);
  EXPECT_EQ(answers.at(0)->status, 401);
  EXPECT_EQ(answers.at(1)->status, 200);
  ASSERT_EQ(inner.asked.size(), 1u);
  EXPECT_EQ(inner.asked[0].url, both[1].url);
}

TEST(TokenTransport, a_name_and_password_go_as_they_are) {
  Inner inner;
  TokenTransport http(inner, kOrigin, "Authorization", [](const std::string&) { return std::string("Basic YTpi"); });
  static_cast<void>(http.fetch({.url = "https://api.example/a"}));
  EXPECT_EQ(inner.asked[0].headers.find("Authorization"), "Basic YTpi");
}

TEST(Connectors, every_header_that_takes_a_key_is_known_as_a_credential) {
  bool is_any = false;
  for (const ConnectorKind& kind : connectors()) {
    is_any = is_any || !kind.key_header.empty();
    EXPECT_TRUE(kind.key_header.empty() || net::is_credential_header(kind.key_header)) << kind.name;
  }
  EXPECT_TRUE(is_any);
}

}  // namespace
}  // namespace renown::pipeline
