#include "model/read_ahead.h"

#include <atomic>
#include <memory>
#include <string>

#include <gtest/gtest.h>

namespace renown::model {
namespace {

/// Blocks of one row whose time counts them, then the end or an error behind a last row.
class Counting final : public InteractionReader {
 public:
  Counting(std::int64_t rows, bool fails, std::atomic<std::int64_t>* calls = nullptr)
      : rows_(rows), fails_(fails), calls_(calls) {}

  Result<bool> read(InteractionBlock& block) override {
    if (calls_ != nullptr) ++*calls_;
    block.push({.time = next_,
                .kind = Kind::post,
                .network = "n",
                .actor = "a",
                .target = {},
                .post = {},
                .id = {},
                .tags = {}});
    ++report_.records;
    ++report_.interactions;
    if (++next_ < rows_) return true;
    if (fails_) return bad_input("row " + std::to_string(next_) + " is bad");
    return false;
  }
  const ReadReport& report() const override { return report_; }
  std::uint64_t bytes_read() const override { return static_cast<std::uint64_t>(next_) * 10; }

 private:
  std::int64_t rows_;
  bool fails_;
  std::atomic<std::int64_t>* calls_;
  std::int64_t next_ = 0;
  ReadReport report_;
};

TEST(ReadAhead, gives_the_blocks_in_order_with_the_report_of_each) {
  constexpr std::int64_t kBlocks = 1000;
  ReadAhead reader(std::make_unique<Counting>(kBlocks, false));
  EXPECT_EQ(reader.report().records, 0u);
  InteractionBlock block;
  for (std::int64_t i = 0; i < kBlocks; ++i) {
    block.clear();
    const auto more = reader.read(block);
    ASSERT_TRUE(more);
    EXPECT_EQ(*more, i + 1 < kBlocks);
    ASSERT_EQ(block.size(), 1u);
    EXPECT_EQ(block[0].time, i);
    EXPECT_EQ(reader.report().interactions, static_cast<std::uint64_t>(i) + 1);
    EXPECT_EQ(reader.bytes_read(), static_cast<std::uint64_t>(i + 1) * 10);
  }
  block.clear();
  const auto more = reader.read(block);
  ASSERT_TRUE(more);
  EXPECT_FALSE(*more);
  EXPECT_TRUE(block.empty());
}

TEST(ReadAhead, gives_the_rows_before_an_error_with_it) {
  ReadAhead reader(std::make_unique<Counting>(3, true));
  InteractionBlock block;
  for (int i = 0; i < 2; ++i) {
    block.clear();
    ASSERT_TRUE(reader.read(block));
  }
  block.clear();
  const auto more = reader.read(block);
  ASSERT_FALSE(more);
  EXPECT_EQ(more.error().message, "row 3 is bad");
  ASSERT_EQ(block.size(), 1u);
  EXPECT_EQ(block[0].time, 2);
  EXPECT_EQ(reader.report().records, 3u);
}

TEST(ReadAhead, reads_only_a_few_blocks_ahead_and_can_be_given_up) {
  std::atomic<std::int64_t> calls = 0;
  {
    ReadAhead reader(std::make_unique<Counting>(1'000'000, false, &calls));
    InteractionBlock block;
    ASSERT_TRUE(reader.read(block));
  }
  EXPECT_LT(calls, 10);
  EXPECT_GE(calls, 1);
}

}  // namespace
}  // namespace renown::model
