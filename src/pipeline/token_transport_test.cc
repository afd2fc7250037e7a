#include "pipeline/token_transport.h"

#include <gtest/gtest.h>

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

}  // namespace
}  // namespace renown::pipeline
