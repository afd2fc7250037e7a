#include "oauth/login.h"

#include <gtest/gtest.h>

#include "io/testing.h"
#include "oauth/testing.h"
#include "oauth/token_keeper.h"

namespace renown::oauth {
namespace {

constexpr std::int64_t kNow = 1'700'000'000;

class LoginTest : public ::testing::Test {
 protected:
  Login login(std::int64_t now = kNow) { return {vault_, {server_, random_, now}}; }
  std::string begin() {
    auto address = login().begin({server_.description(), client_, "ada.example"});
    EXPECT_TRUE(address) << address.error().message;
    return *address;
  }
  std::string refusal_of(const std::string& callback, std::int64_t now = kNow) {
    const auto credential = login(now).finish(callback);
    return credential ? "" : credential.error().message;
  }

  io::testing::TemporaryFolder scratch_;
  TokenVault vault_ = std::move(*TokenVault::open(scratch_ / "tokens", scratch_ / "key"));
  base::RandomBytes random_ = base::system_random();
  testing::Grant grant_;
  testing::AuthorizationServer server_{grant_};
  Client client_{.id = "http://localhost", .secret = {}, .redirect_uri = "http://127.0.0.1:9/back", .scope = "atproto"};
};

TEST_F(LoginTest, ends_with_tokens) {
  const std::string address = begin();
  // The browser carries a number and nothing that is worth stealing.
  EXPECT_EQ(address, "https://auth.example/authorize?client_id=http%3A%2F%2Flocalhost&request_uri=urn%3A0");
  auto credential = login().finish(server_.consent(address));
  ASSERT_TRUE(credential) << credential.error().message;
  EXPECT_EQ(credential->tokens.access, "A1");
  EXPECT_EQ(credential->tokens.expires_at, kNow + 3600);
  EXPECT_FALSE(credential->dpop_key.empty());
  EXPECT_EQ(credential->refresh_before, "");
  EXPECT_EQ(vault_.names()->size(), 0);  // nothing of the log-in is left

  credential->account = "bluesky:did:plc:ada";
  TokenKeeper keeper(vault_, server_, random_);
  ASSERT_TRUE(keeper.add(*credential));
  EXPECT_EQ(*keeper.access_token(credential->account, kNow), "A1");
  EXPECT_EQ(*keeper.access_token(credential->account, kNow + 3600), "A2");
}

TEST_F(LoginTest, refuses_the_tokens_of_somebody_else) {
  const auto begin_for_ada = [&] {
    return *login().begin({.server = server_.description(),
                           .client = client_,
                           .hint = "ada.example",
                           .resource = "https://pds.example",
                           .subject = "did:plc:ada"});
  };
  for (const char* subject : {"did:plc:eve", ""}) {
    server_.subject = subject;
    const std::string refusal = refusal_of(server_.consent(begin_for_ada()));
    EXPECT_NE(refusal.find("did:plc:ada was to be connected"), std::string::npos) << refusal;
  }
  server_.subject = "did:plc:ada";
  const auto credential = login().finish(server_.consent(begin_for_ada()));
  ASSERT_TRUE(credential) << credential.error().message;
  EXPECT_EQ(credential->resource, "https://pds.example");
  EXPECT_EQ(parse_credential(to_text(*credential))->resource, credential->resource);
}

TEST_F(LoginTest, outlives_the_program) {
  const std::string back = server_.consent(begin());
  TokenVault another = std::move(*TokenVault::open(scratch_ / "tokens", scratch_ / "key"));
  EXPECT_TRUE(Login(another, {server_, random_, kNow}).finish(back));
}

TEST_F(LoginTest, forgets_who_does_not_come_back) {
  begin();
  begin();
  EXPECT_EQ(vault_.names()->size(), 2);
  ASSERT_TRUE(login(kNow + Login::kSeconds).begin({server_.description(), client_, ""}));
  EXPECT_EQ(vault_.names()->size(), 1);
}

TEST_F(LoginTest, takes_an_answer_once) {
  const std::string back = server_.consent(begin());
  EXPECT_EQ(refusal_of(back), "");
  EXPECT_NE(refusal_of(back).find("finished already"), std::string::npos);
}

TEST_F(LoginTest, refuses_what_is_not_the_answer) {
  const auto parameter = [](std::string text, std::string_view name, std::string_view value) {
    const std::size_t at = text.find(std::string(name) + "=");
    const std::size_t end = std::min(text.find('&', at), text.size());
    return text.replace(at, end - at, value);
  };
  const struct {
    std::function<std::string(const std::string&)> change;
    std::string_view says;
  } kTable[] = {
      {[&](const std::string& back) { return parameter(back, "state", "state=forged"); }, "not begun here"},
      {[&](const std::string& back) { return parameter(back, "state", ""); }, "no state"},
      {[&](const std::string& back) { return back + "&state=x"; }, "no state, or several"},
      {[&](const std::string& back) { return parameter(back, "iss", "iss=https%3A%2F%2Fevil.example"); },
       "another server"},
      {[&](const std::string& back) { return parameter(back, "iss", ""); }, "another server"},
      {[&](const std::string& back) { return parameter(back, "code", ""); }, "no code"},
      {[&](const std::string& back) { return parameter(back, "code", "code=C9"); }, "gave no tokens: invalid_grant"},
      {[&](const std::string& back) { return parameter(back, "code", "error=server_error"); }, "says server_error"},
      {[&](const std::string& back) { return parameter(back, "code", "error=access_denied"); }, "was declined"},
      {[&](const std::string& back) { return back + "%"; }, "no state"},
  };
  for (const auto& [change, says] : kTable) {
    const std::string refusal = refusal_of(change(server_.consent(begin())));
    EXPECT_NE(refusal.find(says), std::string::npos) << refusal << " should say: " << says;
  }
  EXPECT_NE(refusal_of(server_.consent(begin()), kNow + Login::kSeconds).find("quarter of an hour"), std::string::npos);
}

// A code that was stolen on its way is worth nothing to a thief who begins a log-in of his own.
TEST_F(LoginTest, a_code_belongs_to_the_log_in_that_asked_for_it) {
  const std::string victim = server_.consent(begin());
  const std::string thief = server_.consent(begin());
  const auto code_of = [](const std::string& back) {
    return back.substr(back.find("code="), back.find('&') - back.find("code="));
  };
  std::string mixed = thief;
  mixed.replace(mixed.find(code_of(thief)), code_of(thief).size(), code_of(victim));
  EXPECT_NE(refusal_of(mixed).find("invalid_grant"), std::string::npos);
}

TEST_F(LoginTest, never_asks_to_write) {
  client_.scope = "atproto transition:generic";
  const auto address = login().begin({server_.description(), client_, ""});
  ASSERT_FALSE(address);
  EXPECT_EQ(address.error().code, ErrorCode::usage);
  EXPECT_EQ(server_.asked, 0);
}

TEST_F(LoginTest, without_pushed_requests_carries_all_in_the_address) {
  Server plain = mastodon_server("https://m.example");
  client_ = {.id = "abc", .secret = "def", .redirect_uri = "http://127.0.0.1:9/back", .scope = "read:accounts"};
  const std::string address = *login().begin({plain, client_, ""});
  ASSERT_TRUE(address.starts_with("https://m.example/oauth/authorize?"));
  const auto query = *parse_form(address.substr(address.find('?') + 1));
  EXPECT_EQ(*only(query, "code_challenge_method"), "S256");
  EXPECT_EQ(*only(query, "client_id"), "abc");
  EXPECT_EQ(address.find("def"), std::string::npos);  // the secret stays here
}

}  // namespace
}  // namespace renown::oauth
