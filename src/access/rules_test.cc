// Words and texts: scopes, purposes, what may be written, secrets.
#include <set>

#include <gtest/gtest.h>

#include "access/password.h"
#include "access/purpose.h"
#include "access/scope.h"
#include "access/secret.h"
#include "access/testing.h"
#include "access/text_rule.h"

namespace renown::access {
namespace {

using test::expect_failure;

TEST(Scopes, AreReadAndWritten) {
  const struct {
    const char *text, *as_written;
  } cases[] = {{"", ""},
               {"score:read", "score:read"},
               {"  admin   score:read admin ", "score:read admin"},
               {"lookup perks:write people:search ledger:read", "ledger:read people:search lookup perks:write"}};
  for (const auto& [text, as_written] : cases) {
    const auto scopes = ScopeSet::parse(text);
    ASSERT_TRUE(scopes) << text;
    EXPECT_EQ(scopes->text(), as_written);
    EXPECT_EQ(*ScopeSet::parse(scopes->text()), *scopes);
  }
  for (const char* text : {"score", "score:read,admin", "ADMIN", "score:read score:write"})
    expect_failure(ScopeSet::parse(text), ErrorCode::bad_input, "there is no scope");
}

TEST(Scopes, WhatARoleAllows) {
  EXPECT_EQ(ScopeSet::allowed(Role::person).text(), "score:read ledger:read");
  EXPECT_EQ(ScopeSet::allowed(Role::operator_).text(), "score:read ledger:read people:search lookup perks:write admin");
}

TEST(Purposes, AClosedListAndAReasonForWhatIsRefused) {
  for (const char* name : {"marketing", "support", "community", "research", "event", "other"})
    EXPECT_EQ(purpose_name(*parse_purpose(name)), name);
  for (const char* name : {"employment", "credit", "housing", "insurance"})
    expect_failure(parse_purpose(name), ErrorCode::bad_input, "is refused: a score says");
  for (const char* name : {"", "Marketing", "fun", "employment "})
    expect_failure(parse_purpose(name), ErrorCode::bad_input, "there is no purpose");
}

TEST(Texts, WhatMayBeWritten) {
  EXPECT_EQ(*plain_text("it", "  Ada L\xC3\xB6velace\t", 20), "Ada L\xC3\xB6velace");
  EXPECT_EQ(*plain_text("it", "", 20), "");
  EXPECT_EQ(*plain_text("it", std::string(20, 'a'), 20), std::string(20, 'a'));
  expect_failure(plain_text("it", std::string(21, 'a'), 20), ErrorCode::bad_input, "it has 21 bytes: it may have 20");
  expect_failure(plain_text("it", "a\nb", 20), ErrorCode::bad_input, "do not print");
  expect_failure(plain_text("it",
                            "a\xE2\x80\xAE"
                            "b",
                            20),
                 ErrorCode::bad_input, "do not print");
  expect_failure(plain_text("it", "\xff", 20), ErrorCode::bad_input, "UTF-8");
  expect_failure(some_text("it", "  ", 20), ErrorCode::bad_input, "it is missing");
  for (const char* good : {"en", "pt-BR", "zh-Hant-TW"}) EXPECT_TRUE(locale_text(good)) << good;
  for (const char* bad : {"", "-", "1a", "en_US", "en;q=1", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"})
    EXPECT_FALSE(locale_text(bad)) << bad;
  for (const char* good : {"UTC", "Europe/Berlin", "America/Port-au-Prince", "Etc/GMT+1"})
    EXPECT_TRUE(zone_text(good)) << good;
  for (const char* bad : {"", "/etc/passwd", "../x", "Europe Berlin"}) EXPECT_FALSE(zone_text(bad)) << bad;
}

TEST(Secrets, OfOneKindAreNoneOfAnother) {
  const std::string secret = new_secret(base::system_random());
  EXPECT_EQ(secret.size(), 43U);
  std::set<std::string> hashes;
  for (const auto kind :
       {SecretKind::session, SecretKind::link, SecretKind::api_key, SecretKind::set_up, SecretKind::idempotency}) {
    EXPECT_EQ(secret_hash(kind, secret), secret_hash(kind, secret));
    hashes.insert(secret_hash(kind, secret));
  }
  EXPECT_EQ(hashes.size(), 5U);
  EXPECT_TRUE(same_secret("ab", "ab"));
  EXPECT_FALSE(same_secret("ab", "aB"));
  EXPECT_FALSE(same_secret("ab", "abc"));
  EXPECT_FALSE(same_secret("", "a"));
  EXPECT_TRUE(same_secret("", ""));
}

TEST(Secrets, AStoredHashStaysWhatItIs) {
  // Another label or function would make every session, link and key of every instance unknown. By Python:
  // hashlib.blake2b(b"x", key=b"renown session", digest_size=32)
  EXPECT_EQ(secret_hash(SecretKind::session, "x"), "-qHQIDHJ74sq99vLvvlAq1T2mLEPvsCI_wtq6kUGbbo");
  EXPECT_EQ(secret_hash(SecretKind::link, "x"), "azhKuwUF3hB3cutGK7MiTLV1jiOhlcanWOglzzSlPUU");
  EXPECT_EQ(secret_hash(SecretKind::api_key, "x"), "B-Y60DIdlZ-UodZTDV6fU0M4CpGTqPbxW0UT8X9BM8U");
}

TEST(Passwords, AreHashedSlowlyAndCompared) {
  const auto hash = hash_password("correct horse");
  ASSERT_TRUE(hash);
  EXPECT_TRUE(hash->starts_with("$argon2id$v=19$m=65536,t=2,p=1$")) << *hash;
  EXPECT_NE(*hash, *hash_password("correct horse")) << "salted";
  EXPECT_TRUE(is_password_of("correct horse", *hash));
  EXPECT_FALSE(is_password_of("correct horsE", *hash));
  EXPECT_FALSE(is_password_of("", *hash));
  EXPECT_FALSE(is_password_of("", "")) << "nobody's password is no password";
  EXPECT_FALSE(is_password_of(std::string(5000, 'a'), *hash));
}

TEST(Passwords, ThatAreTooShortOrLongAreRefused) {
  expect_failure(hash_password("123456789"), ErrorCode::bad_input, "too short: it takes at least 10");
  EXPECT_TRUE(hash_password("1234567890"));
  expect_failure(hash_password(std::string(1025, 'a')), ErrorCode::bad_input, "too long");
  expect_failure(hash_password("12345678\xff\xff"), ErrorCode::bad_input, "UTF-8");
}

}  // namespace
}  // namespace renown::access
