#include "base/partitioned.h"

#include <algorithm>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

namespace renown::base {
namespace {

struct Value {
  std::uint64_t number = 0;
  std::uint64_t check = 0;
};

std::vector<std::uint64_t> numbers(Partitioned<Value>& values, std::size_t partition) {
  Buffer<Value> all;
  values.read(partition, all);
  std::vector<std::uint64_t> numbers;
  for (const Value& value : all) {
    EXPECT_EQ(value.check, ~value.number);
    numbers.push_back(value.number);
  }
  return numbers;
}

void add(Partitioned<Value>::Writer& writer, std::uint64_t begin, std::uint64_t end) {
  for (std::uint64_t i = begin; i < end; ++i) writer.add(i % kPartitions, {i, ~i});
}

TEST(Partitioned, keeps_the_values_of_one_writer_in_order_in_memory_and_on_disk) {
  for (const std::uint64_t memory_bytes : {std::uint64_t{1} << 30, std::uint64_t{1} << 20, std::uint64_t{0}}) {
    SpillArea area(memory_bytes, testing::TempDir());
    Partitioned<Value> values(area);
    {
      Partitioned<Value>::Writer writer(values);
      add(writer, 0, 1'000'000);
    }
    EXPECT_EQ(values.size(), 1'000'000u);
    EXPECT_EQ(area.spilled_bytes() > 0, memory_bytes < (std::uint64_t{1} << 30));  // the fault fired
    for (const std::size_t partition : {0u, 17u, 255u}) {
      const auto found = numbers(values, partition);
      ASSERT_EQ(found.size(), values.size(partition));
      for (std::size_t i = 0; i < found.size(); ++i) ASSERT_EQ(found[i], i * kPartitions + partition);
    }
    EXPECT_TRUE(area.status());
  }
}

TEST(Partitioned, loses_nothing_between_threads) {
  SpillArea area(1 << 20, testing::TempDir());
  Partitioned<Value> values(area);
  {
    std::vector<std::jthread> threads;
    for (std::uint64_t t = 0; t < 4; ++t) {
      threads.emplace_back([&values, t] {
        Partitioned<Value>::Writer writer(values);
        add(writer, t * 100'000, (t + 1) * 100'000);
      });
    }
  }
  std::vector<std::uint64_t> all;
  for (std::size_t partition = 0; partition < kPartitions; ++partition) {
    const auto found = numbers(values, partition);
    all.insert(all.end(), found.begin(), found.end());
  }
  std::ranges::sort(all);
  ASSERT_EQ(all.size(), 400'000u);
  for (std::uint64_t i = 0; i < all.size(); ++i) ASSERT_EQ(all[i], i);
}

TEST(Partitioned, gives_room_back_when_a_partition_is_taken) {
  SpillArea area(std::uint64_t{1} << 20, testing::TempDir());
  Partitioned<Value> values(area);
  {
    Partitioned<Value>::Writer writer(values);
    add(writer, 0, 100'000);
  }
  EXPECT_FALSE(area.take(1 << 20));
  for (std::size_t partition = 0; partition < kPartitions; ++partition) {
    Buffer<Value> taken;
    values.take(partition, taken);
    EXPECT_EQ(values.size(partition), 0u);
  }
  EXPECT_TRUE(area.take(1 << 20));
}

TEST(Partitioned, says_when_a_folder_cannot_hold_what_does_not_fit) {
  SpillArea area(0, "/nowhere/at/all");
  Partitioned<Value> values(area);
  {
    Partitioned<Value>::Writer writer(values);
    add(writer, 0, 1'000'000);
  }
  const auto status = area.status();
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().code, ErrorCode::io);
  EXPECT_NE(status.error().message.find("/nowhere/at/all"), std::string::npos);
  EXPECT_EQ(numbers(values, 3).size(), values.size(3));  // nothing is lost: it is in memory still
}

TEST(Partitioned, reads_borrowed_values_among_its_own) {
  const std::vector<Value> borrowed = {{1, ~std::uint64_t{1}}, {2, ~std::uint64_t{2}}};
  for (const std::uint64_t memory_bytes : {std::uint64_t{1} << 30, std::uint64_t{0}}) {
    SpillArea area(memory_bytes, testing::TempDir());
    Partitioned<Value> values(area);
    values.append_borrowed(3, borrowed);
    values.append_borrowed(4, {});
    std::vector<Value> own;
    std::vector<std::uint64_t> wanted = {1, 2};
    for (std::uint64_t i = 10; i < 20'000; ++i) {
      own.push_back({i, ~i});
      wanted.push_back(i);
    }
    values.append(3, own);
    values.append_borrowed(3, borrowed);
    wanted.insert(wanted.end(), {1, 2});
    EXPECT_EQ(values.size(3), wanted.size());
    EXPECT_EQ(values.size(4), 0u);
    EXPECT_EQ(numbers(values, 3), wanted);
    EXPECT_EQ(area.spilled_bytes() > 0, memory_bytes == 0);
    values.clear(3);
    EXPECT_EQ(values.size(), 0u);
    EXPECT_EQ(borrowed[1].number, 2u);
  }
}

}  // namespace
}  // namespace renown::base
