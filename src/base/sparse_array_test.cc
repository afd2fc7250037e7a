#include "base/sparse_array.h"

#include <map>
#include <string>

#include <gtest/gtest.h>

namespace renown::base {
namespace {

void expect(std::size_t bound, const std::map<std::size_t, std::string>& wanted) {
  RankedSet numbers(bound);
  for (const auto& [number, value] : wanted) numbers.add(number);
  numbers.finish();
  SparseArray<std::string> array(std::move(numbers));
  EXPECT_EQ(array.size(), wanted.size());
  for (const auto& [number, value] : wanted) array.put(number, value);
  for (std::size_t number = 0; number < bound; ++number) {
    const auto found = wanted.find(number);
    EXPECT_EQ(array.contains(number), found != wanted.end()) << number;
    EXPECT_EQ(array[number], found == wanted.end() ? "" : found->second) << number;
    array.prefetch(number);
  }
  std::size_t place = 0;
  for (const auto& [number, value] : wanted) EXPECT_EQ(array.values()[place++], value);
}

TEST(SparseArray, gives_what_was_put_and_else_an_empty_value) {
  expect(1, {});
  expect(1, {{0, "zero"}});
  expect(130, {{0, "zero"}, {63, "a"}, {64, "b"}, {129, "c"}});
}

TEST(SparseArray, without_a_set_is_empty) {
  EXPECT_EQ(SparseArray<int>().size(), 0u);
  EXPECT_TRUE(SparseArray<int>().values().empty());
}

}  // namespace
}  // namespace renown::base
