#include "pipeline/log_in.h"

#include <map>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "io/testing.h"
#include "oauth/encoding.h"
#include "pipeline/source_settings.h"

namespace renown::pipeline {
namespace {

constexpr std::int64_t kNow = 1'700'000'000;
const std::string kDid = "did:plc:abcdefghijklmnopqrstuvwx";

/// A data server and its log-in server, a directory, and an AppView that knows one handle.
class Web final : public net::Transport {
 public:
  std::vector<net::Fetched> fetch_all(std::span<const net::Request> requests, std::stop_token) override {
    std::vector<net::Fetched> answers;
    for (const net::Request& request : requests) {
      asked.push_back(request);
      const auto page = pages.find(request.url);
      net::Response response{.status = page == pages.end() ? 404 : 200, .url = request.url};
      if (page != pages.end()) response.body = page->second;
      answers.emplace_back(std::move(response));
    }
    return answers;
  }

  std::map<std::string, std::string> pages = {
      {"https://public.api.bsky.app/xrpc/com.atproto.identity.resolveHandle?handle=ann.example",
       R"({"did":")" + kDid + R"("})"},
      {"https://plc.directory/" + kDid, R"({"id":")" + kDid +
                                            R"(","alsoKnownAs":["at://ann.example"],"service":[{"id":"#atproto_pds",)"
                                            R"("serviceEndpoint":"https://pds.example"}]})"},
      {"https://pds.example/.well-known/oauth-protected-resource",
       R"({"resource":"https://pds.example","authorization_servers":["https://entry.example"]})"},
      {"https://entry.example/.well-known/oauth-authorization-server",
       R"({"issuer":"https://entry.example","authorization_endpoint":"https://entry.example/authorize",)"
       R"("token_endpoint":"https://entry.example/token","response_types_supported":["code"],)"
       R"("code_challenge_methods_supported":["S256"],"dpop_signing_alg_values_supported":["ES256"],)"
       R"("authorization_response_iss_parameter_supported":true,"require_pushed_authorization_requests":true,)"
       R"("pushed_authorization_request_endpoint":"https://entry.example/par"})"},
      {"https://entry.example/par", R"({"request_uri":"urn:1"})"},
      {"https://entry.example/token", R"({"access_token":"A","refresh_token":"R","scope":"atproto","sub":")" + kDid +
                                          R"(","token_type":"DPoP","expires_in":3600})"}};
  std::vector<net::Request> asked;
};

class LogInTest : public ::testing::Test {
 protected:
  Result<std::string> begin() {
    return LogIn(vault_, web_, kNow).begin(**find_connector(connectors(), source_.connector), {source_, client_});
  }
  std::string why_not() {
    const auto address = begin();
    return address ? "" : address.error().message;
  }

  /// What was pushed to the log-in server.
  oauth::Parameters pushed() { return *oauth::parse_form(web_.asked.back().body); }

  io::testing::TemporaryFolder scratch_;
  oauth::TokenVault vault_ = std::move(*oauth::TokenVault::open(scratch_ / "tokens", scratch_ / "key"));
  Web web_;
  log::Source source_{
      .name = "ann", .connector = "bluesky", .network = "bluesky", .account = "ann.example", .settings = "{}"};
  oauth::Client client_;
};

TEST_F(LogInTest, at_bluesky_asks_the_server_of_the_accounts_server) {
  const auto address = begin();
  ASSERT_TRUE(address) << address.error().message;
  EXPECT_TRUE(address->starts_with("https://entry.example/authorize?client_id=http%3A%2F%2Flocalhost")) << *address;
  EXPECT_EQ(web_.asked.back().url, "https://entry.example/par");
  EXPECT_TRUE(web_.asked.back().headers.find("DPoP"));
  EXPECT_EQ(*oauth::only(pushed(), "scope"), "atproto");
  EXPECT_EQ(*oauth::only(pushed(), "login_hint"), "ann.example");
  EXPECT_EQ(*oauth::only(pushed(), "client_id"),
            "http://localhost?redirect_uri=http%3A%2F%2F127.0.0.1%3A8421%2F&scope=atproto");
}

TEST_F(LogInTest, at_bluesky_asks_for_notifications_only_where_they_are_read) {
  source_.settings = settings_text({{"notifications", "yes"}});
  ASSERT_TRUE(begin());
  EXPECT_EQ(*oauth::only(pushed(), "scope"),
            "atproto rpc:app.bsky.notification.listNotifications?aud=did:web:api.bsky.app%23bsky_appview");
  client_.scope = "atproto transition:generic";
  EXPECT_NE(why_not().find("transition:generic"), std::string::npos) << why_not();
  client_.scope = "read";
  EXPECT_NE(why_not().find("without 'atproto'"), std::string::npos) << why_not();
}

TEST_F(LogInTest, at_bluesky_takes_a_client_of_the_operators_own) {
  client_.id = "https://renown.example/client.json";
  client_.redirect_uri = "https://renown.example/back";
  ASSERT_TRUE(begin());
  EXPECT_EQ(*oauth::only(pushed(), "client_id"), client_.id);
  EXPECT_EQ(*oauth::only(pushed(), "redirect_uri"), client_.redirect_uri);
}

TEST_F(LogInTest, of_a_data_server_is_at_that_server) {
  source_ = {.name = "ann", .connector = "pds", .network = "bluesky", .account = kDid, .settings = "{}"};
  source_.server = "https://other.example";
  EXPECT_NE(why_not().find("lies at https://pds.example, not at https://other.example"), std::string::npos)
      << why_not();
  source_.server = "https://pds.example:443";
  EXPECT_EQ(why_not(), "");
  source_.account.clear();
  EXPECT_NE(why_not().find("name the account"), std::string::npos) << why_not();
}

TEST_F(LogInTest, at_bluesky_keeps_whose_tokens_they_are_and_where_they_go) {
  ASSERT_TRUE(begin());
  const std::string state(*oauth::only(pushed(), "state"));
  const std::string back = fmt::format("http://127.0.0.1:8421/?code=C&state={}&iss=https%3A%2F%2Fentry.example", state);
  const auto credential = LogIn(vault_, web_, kNow).finish(back);
  ASSERT_TRUE(credential) << credential.error().message;
  EXPECT_EQ(credential->resource, "https://pds.example");
  EXPECT_EQ(credential->tokens.subject, kDid);
}

TEST_F(LogInTest, at_bluesky_refuses_tokens_that_grant_no_log_in_or_are_of_others) {
  const std::string good = web_.pages["https://entry.example/token"];
  const auto replaced = [&](std::string_view what, std::string_view with) {
    std::string text = good;
    return text.replace(text.find(what), what.size(), with);
  };
  const struct {
    std::string answer, says;
  } kTable[] = {{replaced("\"atproto\"", "\"\""), "did not say that it granted 'atproto'"},
                {replaced("\"atproto\"", "\"atproto transition:generic\""), "not known to read only"},
                {replaced(kDid, "did:plc:eve"), "it is of did:plc:eve"}};
  for (const auto& [answer, says] : kTable) {
    ASSERT_TRUE(begin());
    const std::string state(*oauth::only(pushed(), "state"));
    web_.pages["https://entry.example/token"] = answer;
    const auto credential =
        LogIn(vault_, web_, kNow).finish(fmt::format("?code=C&state={}&iss=https%3A%2F%2Fentry.example", state));
    ASSERT_FALSE(credential) << says;
    EXPECT_NE(credential.error().message.find(says), std::string::npos) << credential.error().message;
  }
}

TEST_F(LogInTest, is_not_to_be_had_everywhere) {
  source_ = {.name = "x", .connector = "hackernews", .network = "hackernews", .account = "ann", .settings = "{}"};
  EXPECT_NE(why_not().find("hackernews has no log-in"), std::string::npos) << why_not();
  EXPECT_TRUE(web_.asked.empty());
}

}  // namespace
}  // namespace renown::pipeline
