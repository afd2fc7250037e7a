/// Which account is which, whatever it is called: stable ids beside the links.

#include <fstream>

#include <gtest/gtest.h>

#include "io/testing.h"
#include "people/proof.h"
#include "people/registry.h"
#include "people/stable_id.h"

namespace renown::people {
namespace {

const Account kAda = {"github", "ada"}, kEve = {"github", "eve"}, kNew = {"github", "lovelace"};

Verdict log_in(std::string stable_id) {
  Verdict verdict;
  verdict.proven = true;
  verdict.method = "log-in";
  verdict.reason = "logged in";
  verdict.stable_id = std::move(stable_id);
  return verdict;
}

class Identity : public ::testing::Test {
 protected:
  Identity() {
    EXPECT_TRUE(registry_.add("Ada", ConsentBasis::enrolled, 1));
    EXPECT_TRUE(registry_.add("Eve", ConsentBasis::enrolled, 1));
  }

  PeopleRegistry open() const {
    auto registry = PeopleRegistry::open_for_writing(store_);
    EXPECT_TRUE(registry) << registry.error().message;
    return std::move(*registry);
  }
  std::string owner(const Account& account) {
    const auto person = registry_.find(account.network + ":" + account.account);
    return person ? person->name : "nobody";
  }

  io::testing::TemporaryFolder folder_;
  std::string store_ = folder_ / "people.sqlite";
  PeopleRegistry registry_ = open();
};

TEST_F(Identity, AnAccountIsKnownByItsNumber) {
  ASSERT_TRUE(registry_.link("Ada", kAda, log_in("7"), 2));
  ASSERT_TRUE(registry_.link("Eve", kEve, log_in(""), 2));  // by a proof that knows no number
  const PersonId ada = registry_.find("Ada")->id, eve = registry_.find("Eve")->id;
  using enum Recognised;
  struct Case {
    const char* what;
    Account account;
    const char* id;
    Recognised as;
    PersonId person;
  };
  for (const Case& one : {Case{"new name, new number", kNew, "9", nobody, 0},
                          {"new name, no number", kNew, "", nobody, 0},
                          {"same name and number", kAda, "7", known, ada},
                          {"same name, another number", kAda, "9", somebody_else, ada},
                          {"same name, no number", kAda, "", somebody_else, ada},
                          {"same number, new name", kNew, "7", renamed, ada},
                          {"same number on another network", {"forum", "x"}, "7", nobody, 0},
                          {"a name whose number is not known", kEve, "9", known, eve},
                          {"that name, without a number", kEve, "", known, eve},
                          {"that name, with the number of somebody else", kEve, "7", somebody_else, eve}}) {
    SCOPED_TRACE(one.what);
    const auto found = registry_.recognise(one.account, one.id);
    ASSERT_TRUE(found);
    EXPECT_EQ(found->as, one.as);
    EXPECT_EQ(found->person, one.person);
  }
  EXPECT_EQ(registry_.recognise(kNew, "7")->known_as, kAda);
}

TEST_F(Identity, ANameThatWasGivenToSomebodyElseLinksNothing) {
  ASSERT_TRUE(registry_.link("Ada", kAda, log_in("7"), 2));
  for (const char* who : {"Ada", "Eve"}) {
    const auto linked = registry_.link(who, kAda, log_in("9"), 3);
    ASSERT_FALSE(linked) << who;
    EXPECT_EQ(linked.error().code, ErrorCode::bad_input);
  }
  EXPECT_EQ(registry_.find("Ada")->accounts.front().stable_id, "7");
  EXPECT_EQ(registry_.find("Ada")->accounts.front().proofs.size(), 1U);
  ASSERT_TRUE(registry_.unlink(kAda, 4)) << "the operator lets the name go";
  ASSERT_TRUE(registry_.link("Eve", kAda, log_in("9"), 5));
  EXPECT_EQ(owner(kAda), "Eve");
}

TEST_F(Identity, ARenamedAccountStaysThePersonsUnderBothNames) {
  ASSERT_TRUE(registry_.link("Ada", kAda, log_in("7"), 2));
  const auto taken = registry_.link("Eve", kNew, log_in("7"), 3);
  ASSERT_FALSE(taken);
  EXPECT_NE(taken.error().message.find("github:ada of Ada under a new name"), std::string::npos);
  ASSERT_TRUE(registry_.link("Ada", kNew, log_in("7"), 4));
  EXPECT_EQ(owner(kAda), "Ada") << "old rows of the log have the old name";
  EXPECT_EQ(owner(kNew), "Ada");
  const auto history = registry_.history();
  EXPECT_EQ(history->back().what, "rename");
  EXPECT_EQ(history->back().detail, "log-in, was github:ada");
}

TEST_F(Identity, ANumberThatCameLaterIsKeptAndAProofWithoutOneTakesNoneAway) {
  ASSERT_TRUE(registry_.link("Ada", kAda, log_in(""), 2));
  EXPECT_EQ(registry_.find("Ada")->accounts.front().stable_id, "");
  ASSERT_TRUE(registry_.link("Ada", kAda, log_in("7"), 3));
  ASSERT_TRUE(registry_.link("Ada", kAda, log_in(""), 4));
  EXPECT_EQ(registry_.people()->front().accounts.front().stable_id, "7");
}

TEST_F(Identity, ANewNameGoesAlongWithAnUnmerge) {
  ASSERT_TRUE(registry_.link("Ada", kAda, log_in("7"), 2));
  ASSERT_TRUE(registry_.merge("Ada", "Eve", 3));
  ASSERT_TRUE(registry_.link("Eve", kNew, log_in("7"), 4));
  ASSERT_TRUE(registry_.unmerge("Ada", 5));
  EXPECT_EQ(owner(kNew), "Ada");
}

TEST_F(Identity, AnEraseLeavesNoNumber) {
  ASSERT_TRUE(registry_.link("Ada", kAda, log_in("7000700070007"), 2));
  ASSERT_TRUE(registry_.link("Ada", kNew, log_in("7000700070007"), 3));
  ASSERT_TRUE(registry_.erase(kAda));
  ASSERT_TRUE(registry_.erase(kNew));
  std::ifstream file(store_, std::ios::binary);
  EXPECT_EQ(std::string(std::istreambuf_iterator<char>(file), {}).find("7000700070007"), std::string::npos);
  EXPECT_EQ(registry_.recognise(kAda, "7000700070007")->as, Recognised::nobody);
}

TEST_F(Identity, AStoreOfAnOlderRenownIsReadAsOneThatKnowsNoNumbersAndIsBroughtForward) {
  ASSERT_TRUE(registry_.link("Ada", kAda, log_in("7"), 2));
  {
    auto database = store::Database::open_for_writing(store_);
    ASSERT_TRUE(database->execute_script("DROP TABLE stable_ids; DELETE FROM parts WHERE name = 'stable_id'"));
  }
  auto reading = PeopleRegistry::open_for_reading(store_);
  ASSERT_TRUE(reading) << reading.error().message;
  EXPECT_EQ(reading->find("Ada")->accounts.front().stable_id, "");
  EXPECT_EQ(reading->recognise(kAda, "9")->as, Recognised::known);
  auto again = open();
  EXPECT_EQ(again.find("Ada")->accounts.front().proofs.size(), 1U);
  ASSERT_TRUE(again.link("Ada", kAda, log_in("7"), 3));
  EXPECT_EQ(again.find("Ada")->accounts.front().stable_id, "7");
}

TEST(StableIds, AreWhatTheNetworkItselfSays) {
  const auto document = [](const char* asked, const char* body) {
    return Document{asked, "", "application/json; charset=utf-8", 100, body};
  };
  struct Case {
    const char* what;
    Document document;
    const char* id;  ///< of https://github.com/ada
  };
  Document redirected = document("https://api.github.com/users/ada", R"({"login":"ada","id":7})");
  redirected.address = "https://evil.example/users/ada";
  for (const Case& one :
       {Case{"good", document("https://api.github.com/users/ada", R"({"login":"Ada","id":7})"), "7"},
        {"larger than 32 bits", document("https://api.github.com/users/ada", R"({"login":"ada","id":5000000000})"),
         "5000000000"},
        {"no number", document("https://api.github.com/users/ada", R"({"login":"ada"})"), ""},
        {"a text", document("https://api.github.com/users/ada", R"({"login":"ada","id":"7"})"), ""},
        {"zero", document("https://api.github.com/users/ada", R"({"login":"ada","id":0})"), ""},
        {"of somebody else", document("https://api.github.com/users/ada", R"({"login":"eve","id":7})"), ""},
        {"another place", document("https://api.github.com/orgs/ada", R"({"login":"ada","id":7})"), ""},
        {"another host", document("https://api.evil.example/users/ada", R"({"login":"ada","id":7})"), ""},
        {"sent on to another host", redirected, ""},
        {"no JSON", document("https://api.github.com/users/ada", "<html>"), ""}}) {
    const auto ids = stable_ids_in({one.document}, {}, 110);
    const auto found = ids.find("https://github.com/ada");
    EXPECT_EQ(found == ids.end() ? "" : found->second, one.id) << one.what;
    EXPECT_TRUE(stable_ids_in({one.document}, {}, 1'000'000).empty()) << one.what << ", too old";
  }
}

}  // namespace
}  // namespace renown::people
