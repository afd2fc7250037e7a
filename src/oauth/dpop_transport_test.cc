#include "oauth/dpop_transport.h"

#include <gtest/gtest.h>

#include "base/encoding.h"
#include "oauth/encoding.h"

namespace renown::oauth {
namespace {

/// A data server that takes one token, bound to a key, and proofs with its latest nonce alone.
class DataServer final : public net::Transport {
 public:
  std::vector<net::Fetched> fetch_all(std::span<const net::Request> requests, std::stop_token) override {
    std::vector<net::Fetched> answers;
    for (const net::Request& request : requests) {
      asked.push_back(request);
      if (request.headers.find("Authorization") != "DPoP token") {
        answers.emplace_back(net::Response{.status = 401});
      } else if (claims(request).find("\"nonce\":\"" + nonce + "\"") == std::string::npos) {
        answers.emplace_back(net::Response{
            .status = 401, .headers = {{"DPoP-Nonce", nonce}, {"WWW-Authenticate", "DPoP error=\"use_dpop_nonce\""}}});
      } else {
        answers.emplace_back(net::Response{.status = status, .headers = {{"DPoP-Nonce", nonce}}});
      }
    }
    return answers;
  }

  static std::string claims(const net::Request& request) {
    const std::string proof(request.headers.find("DPoP").value_or(""));
    const std::size_t dot = proof.find('.');
    return base::from_base64url(std::string_view(proof).substr(dot + 1, proof.rfind('.') - dot - 1)).value_or("");
  }

  std::string nonce = "n1";
  int status = 200;
  std::vector<net::Request> asked;
};

class DpopTransportTest : public ::testing::Test {
 protected:
  int ask(const std::string& token, const std::string& url = "https://pds.example/xrpc/a?b=c") {
    net::Request request{.url = url};
    if (!token.empty()) request.headers.set("Authorization", "Bearer " + token);
    return transport_.fetch(request)->status;
  }

  DataServer server_;
  base::RandomBytes random_ = base::system_random();
  DpopTransport transport_{server_, DpopKey::generate(), random_, [] { return 1'700'000'000; }};
};

TEST_F(DpopTransportTest, proves_that_the_key_is_ours) {
  EXPECT_EQ(ask("token"), 200);
  const std::string claims = DataServer::claims(server_.asked.back());
  for (const std::string& part : {std::string(R"("htm":"GET")"), std::string(R"("htu":"https://pds.example/xrpc/a")"),
                                  std::string(R"("iat":1700000000)"), "\"ath\":\"" + sha256_text("token") + '"'}) {
    EXPECT_NE(claims.find(part), std::string::npos) << part << " in " << claims;
  }
}

TEST_F(DpopTransportTest, asks_once_more_for_a_nonce_and_then_keeps_it) {
  EXPECT_EQ(ask("token"), 200);
  EXPECT_EQ(server_.asked.size(), 2U) << "the first had no nonce";
  EXPECT_EQ(ask("token"), 200);
  EXPECT_EQ(server_.asked.size(), 3U);
  server_.nonce = "n2";
  EXPECT_EQ(ask("token"), 200);
  EXPECT_EQ(server_.asked.size(), 5U);
  EXPECT_NE(DataServer::claims(server_.asked[3]), DataServer::claims(server_.asked[4]));
}

TEST_F(DpopTransportTest, a_token_that_is_not_taken_is_asked_with_once) {
  EXPECT_EQ(ask("stale"), 401);
  EXPECT_EQ(server_.asked.size(), 1U);
}

TEST_F(DpopTransportTest, leaves_alone_what_carries_no_token) {
  EXPECT_EQ(ask(""), 401);
  EXPECT_FALSE(server_.asked.back().headers.find("DPoP"));
}

TEST_F(DpopTransportTest, every_request_of_many_has_a_proof_of_its_own) {
  std::vector<net::Request> requests(3,
                                     {.url = "https://pds.example/a", .headers = {{"Authorization", "Bearer token"}}});
  requests[1].headers.remove("Authorization");
  const auto answers = transport_.fetch_all(requests);
  EXPECT_EQ(answers[0]->status, 200);
  EXPECT_EQ(answers[1]->status, 401);
  EXPECT_EQ(answers[2]->status, 200);
  EXPECT_NE(server_.asked[0].headers.find("DPoP"), server_.asked[2].headers.find("DPoP"));
}

}  // namespace
}  // namespace renown::oauth
