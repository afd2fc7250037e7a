#include "base/hash.h"

#include <gtest/gtest.h>

namespace renown::base {
namespace {

// The groups of intervals and the reference lists of the models hang on these very numbers.
TEST(StableHash, gives_these_very_numbers) {
  EXPECT_EQ(stable_hash(""), mix64(0xcbf29ce484222325));
  EXPECT_EQ(stable_hash("abc"), 3741276987793851837u);
  EXPECT_EQ(stable_hash_joined({"a", "", "bc"}), stable_hash("abc"));
  EXPECT_EQ(stable_hash_joined({}), stable_hash(""));
}

TEST(TableHash, tells_texts_apart_that_differ_in_length_or_tail) {
  EXPECT_EQ(table_hash("hazel"), table_hash("hazel"));
  EXPECT_NE(table_hash(""), table_hash(std::string_view("\0", 1)));
  EXPECT_NE(table_hash("12345678"), table_hash(std::string_view("12345678\0", 9)));
  EXPECT_NE(table_hash("123456789"), table_hash("123456780"));
}

}  // namespace
}  // namespace renown::base
