#include "access/consents.h"

#include "access/testing.h"

namespace renown::access {
namespace {

using enum Purpose;
using test::expect_failure;
using test::kDay;
using test::kNow;

class ConsentsTest : public test::StoreTest {
 protected:
  Consents& consents() { return store_->consents(); }
  bool allows(PersonId person, KeyId key, const char* organisation, Purpose purpose) {
    ApiKey asker;
    asker.id = key;
    asker.organisation = organisation;
    const auto allowed = consents().allows(person, asker, purpose);
    EXPECT_TRUE(allowed);
    return *allowed;
  }
};

TEST_F(ConsentsTest, AllThatIsSetMustFit) {
  const struct {
    const char* what;
    ConsentTerms given;
    KeyId key;
    const char* organisation;
    Purpose purpose;
    bool wanted;
  } cases[] = {{"this key", {.key = 3}, 3, "Acme", event, true},
               {"another key of the organisation", {.key = 3}, 4, "Acme", event, false},
               {"the organisation", {.organisation = "Acme"}, 4, "Acme", event, true},
               {"in whatever case", {.organisation = " ACME "}, 4, "Acme", event, true},
               {"another organisation", {.organisation = "Acme"}, 4, "Acme Ltd", event, false},
               {"no organisation", {.organisation = "Acme"}, 4, "", event, false},
               {"the purpose", {.purpose = event}, 4, "Whoever", event, true},
               {"another purpose", {.purpose = event}, 4, "Whoever", marketing, false},
               {"key and purpose", {.key = 3, .purpose = event}, 3, "Acme", event, true},
               {"key and another purpose", {.key = 3, .purpose = event}, 3, "Acme", other, false},
               {"purpose and another key", {.key = 3, .purpose = event}, 4, "Acme", event, false},
               {"organisation and purpose", {.organisation = "Acme", .purpose = event}, 9, "acme", event, true},
               {"all three, one wrong", {.key = 3, .organisation = "Acme", .purpose = event}, 3, "Ajax", event, false}};
  PersonId person = 100;
  for (const auto& [what, given, key, organisation, purpose, wanted] : cases) {
    ++person;
    EXPECT_FALSE(allows(person, key, organisation, purpose)) << what << ": nobody may without consent";
    ASSERT_TRUE(consents().give(person, given, kNow)) << what;
    EXPECT_EQ(allows(person, key, organisation, purpose), wanted) << what;
    EXPECT_FALSE(allows(person + 1, key, organisation, purpose)) << what << ": of another person";
  }
}

TEST_F(ConsentsTest, AreWithdrawnAndKeptAsWhatWas) {
  const auto given = consents().give(7, {.organisation = "Acme"}, kNow);
  ASSERT_TRUE(given);
  EXPECT_EQ(*consents().give(7, {.organisation = "acme"}, kNow + 1), *given) << "it stands already";
  expect_failure(consents().withdraw(8, *given, kNow), ErrorCode::not_found, "no such consent");
  ASSERT_TRUE(consents().withdraw(7, *given, kNow + 2));
  EXPECT_FALSE(allows(7, 1, "Acme", event));
  expect_failure(consents().withdraw(7, *given, kNow), ErrorCode::not_found, "no such consent that stands");
  const auto again = consents().give(7, {.organisation = "Acme"}, kNow + 3);
  EXPECT_NE(*again, *given);
  EXPECT_TRUE(allows(7, 1, "Acme", event));
  const auto all = *consents().of_person(7);
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].withdrawn, 0);
  EXPECT_EQ(all[1].given, kNow);
  EXPECT_EQ(all[1].withdrawn, kNow + 2);
  ASSERT_TRUE(store_->tidy(kNow + 2 + kWithdrawnConsentDays * kDay));
  EXPECT_EQ(consents().of_person(7)->size(), 1U);
}

TEST_F(ConsentsTest, WhoOptedOutIsTheSameAsNobody) {
  ASSERT_TRUE(consents().give(7, {.purpose = event}, kNow));
  ASSERT_TRUE(allows(7, 1, "Acme", event));
  ASSERT_TRUE(store_->preferences().set(7, {.opted_out = true}));
  EXPECT_FALSE(allows(7, 1, "Acme", event));
  EXPECT_FALSE(allows(0, 1, "Acme", event));
  ASSERT_TRUE(store_->preferences().set(7, {}));
  EXPECT_TRUE(allows(7, 1, "Acme", event));
}

TEST_F(ConsentsTest, SayToWhomOrWhatFor) {
  expect_failure(consents().give(7, {}, kNow), ErrorCode::bad_input, "to whom or for which purpose");
  expect_failure(consents().give(7, {.organisation = "  "}, kNow), ErrorCode::bad_input, "to whom");
  expect_failure(consents().give(7, {.organisation = "a\nb"}, kNow), ErrorCode::bad_input, "do not print");
  expect_failure(consents().give(0, {.key = 1}, kNow), ErrorCode::bad_input, "a person's");
  for (KeyId key = 1; key <= kMostConsents; ++key) ASSERT_TRUE(consents().give(7, {.key = key}, kNow));
  expect_failure(consents().give(7, {.key = 999}, kNow), ErrorCode::usage, "withdraw one first");
}

}  // namespace
}  // namespace renown::access
