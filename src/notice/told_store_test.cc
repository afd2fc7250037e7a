#include "notice/told_store.h"

#include <gtest/gtest.h>

#include "io/testing.h"

namespace renown::notice {
namespace {

constexpr std::int64_t kDay = 86'400;

class ToldStoreTest : public ::testing::Test {
 protected:
  ToldStoreTest() { reopen(); }

  void reopen() {
    store_.reset();
    store_ = std::move(*ToldStore::open(*store::Database::open_for_writing(folder_ / "service.sqlite")));
  }

  std::optional<Move> note(double score, int day, double threshold = 1, std::string_view way = kPush,
                           std::int64_t person = 7, const char* model = "m") {
    const auto move = store_->note(person, way, {score, model, day * kDay}, threshold);
    EXPECT_TRUE(move) << (move ? "" : move.error().message);
    return *move;
  }

  io::testing::TemporaryFolder folder_;
  std::unique_ptr<ToldStore> store_;
};

TEST_F(ToldStoreTest, small_steps_add_up_and_are_told_once) {
  EXPECT_FALSE(note(50, 1)) << "a beginning";
  EXPECT_FALSE(note(50.4, 2));
  EXPECT_FALSE(note(50.8, 3));
  reopen();
  const auto move = note(51.2, 4);
  ASSERT_TRUE(move);
  EXPECT_EQ(move->before, 50);
  EXPECT_EQ(move->after, 51.2);
  EXPECT_FALSE(note(51.2, 4)) << "the same run again";
  EXPECT_FALSE(note(51.2, 5));
  EXPECT_FALSE(note(50.2, 6)) << "back by the threshold";
  EXPECT_TRUE(note(49.7, 7)) << "by half more";
}

TEST_F(ToldStoreTest, each_way_person_and_threshold_is_its_own) {
  note(50, 1), note(50, 1, 1, kLetter), note(50, 1, 1, kPush, 8);
  EXPECT_TRUE(note(51, 2));
  EXPECT_FALSE(note(51, 2, 5, kLetter)) << "asked for five points";
  EXPECT_TRUE(note(55, 3, 5, kLetter));
  EXPECT_FALSE(note(50.5, 2, 1, kPush, 8));
  EXPECT_FALSE(note(90, 4, 1, kPush, 7, "another model"));
}

TEST_F(ToldStoreTest, who_is_erased_begins_anew) {
  note(50, 1), note(50, 1, 1, kPush, 8);
  ASSERT_TRUE(store_->erase(7));
  EXPECT_FALSE(note(90, 2));
  EXPECT_TRUE(note(90, 2, 1, kPush, 8));
}

}  // namespace
}  // namespace renown::notice
