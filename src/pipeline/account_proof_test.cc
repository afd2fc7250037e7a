#include "pipeline/account_proof.h"

#include <gtest/gtest.h>

#include "io/testing.h"

namespace renown::pipeline {
namespace {

constexpr std::int64_t kNow = 1'700'000'000;
const Account kForge = {"github", "ada"}, kSite = {"web", "ada.example"};

people::Document page(std::string asked, const std::string& href) {
  return {std::move(asked), "", "text/html", kNow - 60, "<a rel=me href=\"" + href + "\">me</a>"};
}

people::Document user(std::string_view id) {
  return {"https://api.github.com/users/ada", "", "application/json", kNow - 60,
          R"({"login":"ada","id":)" + std::string(id) + "}"};
}

class AccountProof : public ::testing::Test {
 protected:
  AccountProof() { EXPECT_TRUE(folder_.registry().add("Ada", people::ConsentBasis::enrolled, kNow)); }

  void link_with_id(const Account& account, std::string id) {
    people::Verdict verdict;
    verdict.proven = true;
    verdict.method = "log-in";
    verdict.reason = "a test";
    verdict.stable_id = std::move(id);
    ASSERT_TRUE(folder_.link("Ada", account, verdict, kNow));
  }
  people::Verdict prove(const Account& account, const std::vector<people::Document>& documents) {
    const auto verdict = prove_account(folder_, *folder_.registry().find("Ada"), account, documents, {}, kNow);
    EXPECT_TRUE(verdict) << verdict.error().message;
    return verdict ? *verdict : people::Verdict();
  }

  io::testing::TemporaryFolder scratch_;
  PeopleFolder folder_ = std::move(*PeopleFolder::open_for_writing(scratch_ / "data"));
  const std::vector<people::Document> both_ = {page("https://github.com/ada", "https://ada.example"),
                                               page("https://ada.example", "https://github.com/ada")};
};

TEST_F(AccountProof, LeansOnAKnownAccountOnlyWhileItIsTheSame) {
  link_with_id(kForge, "7");
  struct Case {
    const char* what;
    std::vector<people::Document> more;
    bool proven;
    const char* says;
  };
  people::Document old = user("7");
  old.fetched = kNow - 86'401;
  for (const Case& one : {Case{"the same number", {user("7")}, true, "says it is"},
                          {"another number", {user("8")}, false, "gave the name to somebody else"},
                          {"nobody was asked", {}, false, "its network must be asked"},
                          {"asked too long ago", {old}, false, "its network must be asked"}}) {
    SCOPED_TRACE(one.what);
    auto documents = both_;
    documents.insert(documents.end(), one.more.begin(), one.more.end());
    const auto verdict = prove(kSite, documents);
    EXPECT_EQ(verdict.proven, one.proven);
    EXPECT_NE(verdict.reason.find(one.says), std::string::npos) << verdict.reason;
    EXPECT_EQ(prove(kForge, documents).reason.empty(), false) << "a further proof of the account itself";
  }
}

TEST_F(AccountProof, LeansOnAnAccountWhoseNumberIsNotKnown) {
  link_with_id(kForge, "");
  EXPECT_TRUE(prove(kSite, both_).proven);
}

TEST_F(AccountProof, KeepsTheNumberOfTheAccountThatIsProven) {
  link_with_id(kSite, "");
  auto documents = both_;
  EXPECT_EQ(prove(kForge, documents).stable_id, "");
  documents.push_back(user("7"));
  const auto verdict = prove(kForge, documents);
  ASSERT_TRUE(verdict.proven) << verdict.reason;
  EXPECT_EQ(verdict.stable_id, "7");
  ASSERT_TRUE(folder_.link("Ada", kForge, verdict, kNow));
  EXPECT_EQ(folder_.recognise(kForge, "8")->as, people::Recognised::somebody_else);
}

TEST_F(AccountProof, ProvesNothingMoreOfANameThatWasGivenAway) {
  link_with_id(kSite, "");
  link_with_id(kForge, "7");
  auto documents = both_;
  documents.push_back(user("8"));
  const auto verdict = prove(kForge, documents);
  EXPECT_FALSE(verdict.proven);
  EXPECT_NE(verdict.reason.find("somebody else"), std::string::npos) << verdict.reason;
}

}  // namespace
}  // namespace renown::pipeline
