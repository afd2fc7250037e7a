#include "people/account_lists.h"

#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>
#include <unistd.h>

namespace renown::people {
namespace {

/// A file of the test's own.
std::string file_with(const std::string& text) {
  const auto path =
      std::filesystem::temp_directory_path() / ("renown-lists-" + std::to_string(::getpid()) + "-" +
                                                testing::UnitTest::GetInstance()->current_test_info()->name() + ".csv");
  std::ofstream(path) << text;
  return path.string();
}

TEST(ReadAccountList, takes_the_two_columns_in_any_place) {
  const auto list =
      read_account_list(file_with("note,account,network\nx,hazel,forum\n,\"a,b\",chirp\ny,hazel,forum\n"));
  ASSERT_TRUE(list) << list.error().message;
  EXPECT_EQ(*list, (AccountSet{{"forum", "hazel"}, {"chirp", "a,b"}}));
}

TEST(ReadAccountList, knows_an_empty_list_from_no_list) {
  const auto list = read_account_list(file_with("network,account\n"));
  ASSERT_TRUE(list) << list.error().message;
  EXPECT_TRUE(list->empty());
}

struct BadList {
  const char* text;
  const char* says;
};

class BadLists : public testing::TestWithParam<BadList> {};

TEST_P(BadLists, are_refused_with_the_place) {
  const auto path = std::filesystem::temp_directory_path() / ("renown-badlist-" + std::to_string(::getpid()) + ".csv");
  std::ofstream(path) << GetParam().text;
  const auto list = read_people(path.string());
  ASSERT_FALSE(list);
  EXPECT_NE(list.error().message.find(GetParam().says), std::string::npos) << list.error().message;
}

INSTANTIATE_TEST_SUITE_P(table, BadLists,
                         testing::Values(BadList{"", "is empty"}, BadList{"person,network\n", "no 'account'"},
                                         BadList{"person,network,account\nx,y\n", ":2: 2 fields"},
                                         BadList{"person,network,account\n\"x,y,z\n", ":2: "},
                                         BadList{"person,network,account\nx,,z\n", ":2: network is empty"},
                                         BadList{"person,network,account\nx,n,a\ny,n,a\n", ":3: n:a is given to 'y'"}));

TEST(ReadPeople, gives_each_account_its_owner) {
  const auto people =
      read_people(file_with("person,network,account\nRobin,forum,robin\nRobin,chirp,rob\nRobin,chirp,rob\n"));
  ASSERT_TRUE(people) << people.error().message;
  EXPECT_EQ(*people, (PeopleMap{{{"forum", "robin"}, "Robin"}, {{"chirp", "rob"}, "Robin"}}));
}

}  // namespace
}  // namespace renown::people
