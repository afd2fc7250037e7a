#include "access/api_keys.h"

#include "access/testing.h"

namespace renown::access {
namespace {

using test::expect_failure;
using test::kDay;
using test::kNow;

class ApiKeysTest : public test::StoreTest {
 protected:
  ApiKeys& keys() { return store_->api_keys(); }
  bool opens(const std::string& text, std::int64_t now = kNow) {
    const auto found = keys().find(text, now);
    EXPECT_TRUE(found);
    return found->has_value();
  }
};

TEST_F(ApiKeysTest, AKeyIsItsTextAndNothingElse) {
  const LoginId ada = login(Role::operator_, 7);
  const MadeApiKey made = key(ada, "score:read lookup"), other = key(ada, "admin");
  ASSERT_EQ(made.text.size(), 56U);
  EXPECT_TRUE(made.text.starts_with("rnk_" + made.key.prefix + "_"));
  const auto found = *keys().find(made.text, kNow);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->id, made.key.id);
  EXPECT_EQ(found->login, ada);
  EXPECT_EQ(found->person, 7);
  EXPECT_EQ(found->scopes.text(), "score:read lookup");
  EXPECT_EQ(found->organisation, "Acme");
  std::string of_other = made.text;
  of_other.replace(4, 8, other.key.prefix);
  std::string last = made.text, mark = made.text, line = made.text;
  last.back() = last.back() == 'A' ? 'B' : 'A';
  mark[0] = 'R';
  line[12] = '-';
  std::string unknown = made.text;
  unknown.replace(4, 8, "AAAAAAAA");
  for (const std::string& none : {of_other, last, mark, line, unknown, made.text + "a", made.text.substr(0, 55),
                                  std::string(), std::string(56, '\0'), std::string(100'000, 'r')})
    EXPECT_FALSE(opens(none)) << none.substr(0, 60);
}

TEST_F(ApiKeysTest, ExpiresAndIsRevoked) {
  const LoginId ada = login(), eve = login();
  const MadeApiKey made = key(ada, "score:read", kNow + kDay), forever = key(ada, "ledger:read");
  EXPECT_TRUE(opens(made.text, kNow + kDay - 1));
  EXPECT_FALSE(opens(made.text, kNow + kDay));
  EXPECT_FALSE(opens(made.text, kNow + kDay + 1));
  EXPECT_TRUE(opens(made.text, kNow - kDay)) << "the clock went back";
  EXPECT_TRUE(opens(forever.text, kNow + 10'000 * kDay));
  expect_failure(keys().revoke(eve, forever.key.id, eve, kNow), ErrorCode::not_found, "no key");
  EXPECT_TRUE(opens(forever.text)) << "another's cannot be revoked";
  ASSERT_TRUE(keys().revoke(ada, forever.key.id, ada, kNow + 5));
  EXPECT_FALSE(opens(forever.text, kNow));
  expect_failure(keys().revoke(ada, forever.key.id, ada, kNow), ErrorCode::not_found, "could be revoked");
  const auto listed = *keys().of_login(ada);
  ASSERT_EQ(listed.size(), 2U) << "still listed";
  EXPECT_EQ(listed[0].revoked, kNow + 5);
  EXPECT_TRUE(keys().of_login(eve)->empty());
  ASSERT_TRUE(store_->tidy(kNow + 5 + kRevokedKeyDays * kDay));
  EXPECT_EQ(keys().of_login(ada)->size(), 1U);
  NewApiKey past{
      .login = ada, .name = "a", .scopes = *ScopeSet::parse("score:read"), .organisation = {}, .purpose = {}};
  past.expires = kNow;
  expect_failure(keys().make(past, ada, kNow), ErrorCode::bad_input, "expired already");
}

TEST_F(ApiKeysTest, OnlyAnOperatorsKeyReadsOthersOrChangesThings) {
  const LoginId ada = login(Role::operator_), eve = login();
  for (const char* scope : {"admin", "lookup", "people:search", "perks:write"}) {
    NewApiKey of_eve{
        .login = eve, .name = "a", .scopes = *ScopeSet::parse(scope), .organisation = "Acme", .purpose = "to invite"};
    expect_failure(keys().make(of_eve, eve, kNow), ErrorCode::bad_input,
                   std::string("only an operator's key may hold ") + scope);
    EXPECT_TRUE(opens(key(ada, scope).text)) << scope;
  }
  EXPECT_TRUE(opens(key(eve, "score:read ledger:read").text));
  const MadeApiKey made = key(ada, "score:read admin lookup");
  login(Role::operator_);
  ASSERT_TRUE(store_->logins().set_role(ada, Role::person, 0, kNow));
  EXPECT_EQ((*keys().find(made.text, kNow))->scopes.text(), "score:read") << "an operator no more";
  ASSERT_TRUE(store_->logins().set_role(ada, Role::operator_, 0, kNow));
  EXPECT_EQ((*keys().find(made.text, kNow))->scopes.text(), "score:read lookup admin");
  ASSERT_TRUE(store_->logins().remove(ada, 0, kNow));
  EXPECT_FALSE(opens(made.text)) << "keys go with their login";
}

TEST_F(ApiKeysTest, WhoAsksAboutOthersSaysWhoTheyAreAndWhy) {
  const LoginId ada = login(Role::operator_);
  for (const char* scope : {"lookup", "people:search"}) {
    NewApiKey new_key{.login = ada, .name = "a", .scopes = *ScopeSet::parse(scope), .organisation = {}, .purpose = {}};
    expect_failure(keys().make(new_key, ada, kNow), ErrorCode::bad_input, "the organisation that asks is missing");
    new_key.organisation = "Acme";
    expect_failure(keys().make(new_key, ada, kNow), ErrorCode::bad_input, "what the key is for is missing");
    new_key.purpose = std::string(501, 'a');
    expect_failure(keys().make(new_key, ada, kNow), ErrorCode::bad_input, "501 bytes");
  }
  NewApiKey plain{
      .login = ada, .name = " ", .scopes = *ScopeSet::parse("score:read"), .organisation = {}, .purpose = {}};
  expect_failure(keys().make(plain, ada, kNow), ErrorCode::bad_input, "the name of the key is missing");
  plain.name = "a";
  EXPECT_TRUE(keys().make(plain, ada, kNow));
  plain.scopes = {};
  expect_failure(keys().make(plain, ada, kNow), ErrorCode::bad_input, "at least one scope");
  plain.login = 99;
  plain.scopes = *ScopeSet::parse("score:read");
  expect_failure(keys().make(plain, ada, kNow), ErrorCode::not_found, "no login 99");
}

TEST_F(ApiKeysTest, AreBoundedAndKnowTheirLastUse) {
  const LoginId ada = login();
  MadeApiKey last;
  for (int i = 0; i < kMostKeysOfLogin; ++i) last = key(ada, "score:read");
  NewApiKey more{
      .login = ada, .name = "a", .scopes = *ScopeSet::parse("score:read"), .organisation = {}, .purpose = {}};
  expect_failure(keys().make(more, ada, kNow), ErrorCode::usage, "revoke one first");
  ASSERT_TRUE(opens(last.text, kNow + 100));
  EXPECT_EQ(keys().of_login(ada)->at(0).last_used, kNow + 100);
  ASSERT_TRUE(store_->tidy(kNow + 100));
  reopen();
  EXPECT_EQ(keys().of_login(ada)->at(0).last_used, kNow + 100);
  ASSERT_TRUE(keys().revoke(ada, last.key.id, ada, kNow));
  EXPECT_TRUE(keys().make(more, ada, kNow));
}

}  // namespace
}  // namespace renown::access
