#include "access/kept.h"

#include "access/testing.h"

namespace renown::access {
namespace {

using Answer = Result<std::optional<int>>;

class KeptTest : public test::StoreTest {
 protected:
  void change() {
    auto changed = file_->change([](store::Database&) { return Result<void>(); });
    ASSERT_TRUE(changed);
  }
  /// What is found where the store would say `stands`.
  Answer find(int key, const Answer& stands) {
    return kept_.find(*file_, key, [&] {
      ++asked_;
      return stands;
    });
  }

  std::unique_ptr<ServiceFile> file_ = std::move(*ServiceFile::open((folder_ / "kept.sqlite").string(), {}));
  Kept<int, int> kept_;
  int asked_ = 0;
};

TEST_F(KeptTest, AsksOnceUntilSomethingChanges) {
  EXPECT_EQ(**find(1, std::optional(10)), 10);
  EXPECT_EQ(**find(1, std::optional(11)), 10);
  EXPECT_EQ(**find(2, std::optional(20)), 20) << "another key is asked for";
  EXPECT_EQ(asked_, 2);
  change();
  EXPECT_EQ(**find(1, std::optional(11)), 11);
  EXPECT_EQ(**find(2, std::optional(21)), 21);
  EXPECT_EQ(asked_, 4);
}

TEST_F(KeptTest, KeepsNeitherNothingNorErrors) {
  EXPECT_FALSE(*find(1, std::optional<int>()));
  EXPECT_FALSE(find(1, Error{ErrorCode::io, "the disk is gone"}));
  EXPECT_EQ(**find(1, std::optional(10)), 10);
  EXPECT_EQ(asked_, 3);
}

TEST_F(KeptTest, WhatChangesWhileItIsAskedForIsNotKept) {
  const auto found = kept_.find(*file_, 1, [&] {
    change();
    return Answer(std::optional(10));
  });
  EXPECT_EQ(**found, 10);
  EXPECT_EQ(**find(1, std::optional(11)), 11);
}

TEST_F(KeptTest, LinesThatAreAddedChangeNothing) {
  EXPECT_EQ(**find(1, std::optional(10)), 10);
  ASSERT_TRUE(file_->append([](store::Database&) { return Result<void>(); }));
  EXPECT_EQ(**find(1, std::optional(11)), 10);
}

TEST_F(KeptTest, HasBoundedRoom) {
  for (int key = 0; key <= static_cast<int>(Kept<int, int>::kMost); ++key)
    EXPECT_EQ(**find(key, std::optional(key)), key);
  EXPECT_EQ(**find(0, std::optional(5)), 5) << "with the last one the others went";
}

}  // namespace
}  // namespace renown::access
