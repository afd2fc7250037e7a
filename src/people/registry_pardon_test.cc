/// Pardons: who is no farm, by the operator's word.

#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>
#include <unistd.h>

#include "people/registry.h"

namespace renown::people {
namespace {

namespace fs = std::filesystem;

const Account kAda = {"forum", "ada"}, kBen = {"forum", "ben"}, kCleo = {"chirp", "cleo"};

class PardonTest : public ::testing::Test {
 protected:
  PardonTest() {
    std::string name = (fs::temp_directory_path() / "renown-pardon-XXXXXX").string();
    folder_ = ::mkdtemp(name.data());
  }
  ~PardonTest() override { fs::remove_all(folder_); }

  std::string store() const { return (folder_ / "people.sqlite").string(); }
  PeopleRegistry open() const {
    auto registry = PeopleRegistry::open_for_writing(store());
    EXPECT_TRUE(registry) << registry.error().message;
    return std::move(*registry);
  }

  bool holds(const std::string& text) const {
    std::ifstream file(store(), std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(file), {}).find(text) != std::string::npos;
  }

  template <class T>
  static void fails(const Result<T>& result, ErrorCode code, const char* says) {
    ASSERT_FALSE(result) << says;
    EXPECT_EQ(result.error().code, code);
    EXPECT_NE(result.error().message.find(says), std::string::npos) << result.error().message;
  }

  fs::path folder_;
};

TEST_F(PardonTest, AreKeptWithTheirReason) {
  PeopleRegistry registry = open();
  EXPECT_TRUE(registry.pardons()->empty());
  EXPECT_TRUE(registry.pardoned()->empty());
  const auto number = registry.pardon({kBen, kAda}, " a class that reads one list ", 7, 100);
  ASSERT_TRUE(number) << number.error().message;
  EXPECT_EQ(*open().pardoned(), (AccountSet{kAda, kBen}));
  auto reader = PeopleRegistry::open_for_reading(store());
  ASSERT_TRUE(reader) << reader.error().message;
  const auto all = *reader->pardons();
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(all[0].number, *number);
  EXPECT_EQ(all[0].time, 100);
  EXPECT_EQ(all[0].why, "a class that reads one list");
  EXPECT_EQ(all[0].finding, 7);
  EXPECT_EQ(all[0].withdrawn, 0);
  EXPECT_EQ(all[0].accounts, (std::vector<Account>{kAda, kBen}));
}

TEST_F(PardonTest, AreWithdrawnAsTheyWereGiven) {
  PeopleRegistry registry = open();
  const auto first = *registry.pardon({kAda, kBen}, "a class", 7, 100);
  ASSERT_TRUE(registry.pardon({kBen, kCleo}, "a choir", 0, 101));
  ASSERT_TRUE(registry.withdraw_pardon(first, 102));
  EXPECT_EQ(*registry.pardoned(), (AccountSet{kBen, kCleo})) << "what another pardon says stands";
  EXPECT_EQ(registry.pardons()->front().withdrawn, 102);
  fails(registry.withdraw_pardon(first, 103), ErrorCode::not_found, "no pardon 1 that stands");
  fails(registry.withdraw_pardon(99, 103), ErrorCode::not_found, "no pardon 99");
  ASSERT_TRUE(registry.pardon({kAda}, "a class after all", 7, 104));
  EXPECT_TRUE(registry.pardoned()->contains(kAda));
}

TEST_F(PardonTest, AnAccountIsTakenOutOfAll) {
  PeopleRegistry registry = open();
  ASSERT_TRUE(registry.pardon({kAda, kBen}, "a class", 0, 100));
  ASSERT_TRUE(registry.pardon({kAda}, "a choir", 0, 101));
  ASSERT_TRUE(registry.unpardon(kAda, 102));
  EXPECT_EQ(*registry.pardoned(), (AccountSet{kBen}));
  const auto all = *registry.pardons();
  ASSERT_EQ(all.size(), 3U);
  EXPECT_EQ(all[0].accounts, (std::vector<Account>{kBen}));
  EXPECT_EQ(all[0].withdrawn, 0);
  EXPECT_EQ(all[1].withdrawn, 102) << "its last account: the pardon goes with it";
  EXPECT_EQ(all[2].accounts, (std::vector<Account>{kAda})) << "what was taken out can still be read";
  EXPECT_EQ(all[2].why, "a class");
  EXPECT_EQ(all[2].time, 100);
  EXPECT_EQ(all[2].withdrawn, 102);
  fails(registry.unpardon(kAda, 103), ErrorCode::not_found, "forum:ada is not pardoned");
}

TEST_F(PardonTest, NameAccountsAndSayWhy) {
  PeopleRegistry registry = open();
  fails(registry.pardon({}, "why", 0, 1), ErrorCode::bad_input, "at least one");
  fails(registry.pardon({{"", "ada"}}, "why", 0, 1), ErrorCode::bad_input, "NETWORK:ACCOUNT");
  fails(registry.pardon({{"forum", ""}}, "why", 0, 1), ErrorCode::bad_input, "NETWORK:ACCOUNT");
  fails(registry.pardon({kAda}, "  ", 0, 1), ErrorCode::bad_input, "reason");
  fails(registry.pardon({kAda}, "\xff", 0, 1), ErrorCode::bad_input, "UTF-8");
  fails(registry.pardon({kAda}, std::string(4001, 'a'), 0, 1), ErrorCode::bad_input, "4000");
  EXPECT_TRUE(registry.pardon({kAda}, std::string(4000, 'a'), 0, 1));
  EXPECT_EQ(registry.pardons()->size(), 1U);
}

TEST_F(PardonTest, AnErasedAccountWasNeverPardoned) {
  PeopleRegistry registry = open();
  const Account gone = {"forum", "zaphod-beeblebrox"};
  ASSERT_TRUE(registry.add("Zaphod", ConsentBasis::enrolled, 1));
  Verdict word;
  word.proven = true;
  word.method = kOperatorsWord;
  word.reason = "said";
  ASSERT_TRUE(registry.link("Zaphod", gone, word, 2));
  ASSERT_TRUE(registry.pardon({gone}, "alone", 0, 3));
  ASSERT_TRUE(registry.pardon({gone, kAda}, "zaphod is a teacher", 0, 3));
  ASSERT_TRUE(registry.erase(gone));
  const auto left = *registry.pardons();
  ASSERT_EQ(left.size(), 1U);
  EXPECT_EQ(left[0].accounts, (std::vector<Account>{kAda}));
  EXPECT_EQ(left[0].why, "");
  EXPECT_FALSE(holds("aphod"));
}

TEST_F(PardonTest, AStoreOfAnOlderRenownHasNoneAndIsRead) {
  {
    PeopleRegistry registry = open();
    ASSERT_TRUE(registry.add("Ada", ConsentBasis::enrolled, 1));
  }
  {
    auto database = store::Database::open_for_writing(store());
    ASSERT_TRUE(database->execute_script(
        "DROP TABLE stable_ids; DROP TABLE pardon_accounts; DROP TABLE pardons; DROP TABLE parts"));
  }
  auto reader = PeopleRegistry::open_for_reading(store());
  ASSERT_TRUE(reader) << reader.error().message;
  EXPECT_TRUE(reader->pardoned()->empty());
  EXPECT_TRUE(open().pardon({kAda}, "a class", 0, 1)) << "who writes brings it up to date";
  EXPECT_EQ(open().people()->size(), 1U);
}

}  // namespace
}  // namespace renown::people
