#include "pipeline/source_watch.h"

#include <deque>

#include <gtest/gtest.h>

#include "net/fake_pacer.h"

namespace renown::pipeline {
namespace {

using connect::Problem;
using connect::ProblemKind;
using Heard = std::expected<bool, Problem>;

const std::unexpected<Problem> kBroken{Problem{ProblemKind::unavailable, "it closed"}};

class SourceWatchTest : public ::testing::Test {
 protected:
  /// Hears what the test says, a second each; after that nothing.
  class Scripted final : public connect::Watch {
   public:
    explicit Scripted(SourceWatchTest& test) : test_(test) {}
    Heard news(std::chrono::milliseconds, std::stop_token) override {
      test_.pacer_.time += 1;
      if (test_.heard_.empty()) return false;
      Heard heard = test_.heard_.front();
      test_.heard_.pop_front();
      return heard;
    }

   private:
    SourceWatchTest& test_;
  };

  std::expected<std::unique_ptr<connect::Watch>, Problem> open() {
    opened_.push_back(pacer_.now());
    if (cannot_open_) return std::unexpected(Problem{ProblemKind::unavailable, "nobody answers"});
    if (has_none_) return nullptr;
    return std::make_unique<Scripted>(*this);
  }

  /// Whether there was news within so many seconds.
  bool wait(std::int64_t seconds) { return watch_.wait(pacer_.now() + seconds, pacer_, {}); }

  net::test::FakePacer pacer_;
  std::int64_t begin_ = pacer_.now();
  std::deque<Heard> heard_;
  std::vector<std::int64_t> opened_;
  bool cannot_open_ = false;
  bool has_none_ = false;
  SourceWatch watch_{[this] { return open(); }};
};

TEST_F(SourceWatchTest, without_a_watch_it_is_time_that_is_waited_for) {
  SourceWatch none{SourceWatch::Open()};
  EXPECT_FALSE(none.wait(begin_ + 300, pacer_, {}));
  EXPECT_EQ(pacer_.waits, (std::vector<double>{300}));
}

TEST_F(SourceWatchTest, a_source_that_has_none_is_asked_once) {
  has_none_ = true;
  EXPECT_FALSE(wait(300));
  EXPECT_FALSE(wait(300));
  EXPECT_EQ(pacer_.now(), begin_ + 600);
  EXPECT_EQ(opened_.size(), 1U);
}

TEST_F(SourceWatchTest, what_is_due_already_is_not_waited_for) {
  EXPECT_FALSE(wait(0));
  EXPECT_TRUE(opened_.empty());
  EXPECT_TRUE(pacer_.waits.empty());
}

TEST_F(SourceWatchTest, one_that_was_just_opened_is_news) {
  EXPECT_TRUE(wait(300));
  EXPECT_EQ(pacer_.now(), begin_);
  EXPECT_FALSE(wait(300)) << "and then there is none";
  EXPECT_EQ(pacer_.now(), begin_ + 300);
  EXPECT_EQ(opened_.size(), 1U);
}

TEST_F(SourceWatchTest, news_ends_the_waiting_but_not_more_often_than_it_may) {
  EXPECT_TRUE(wait(300));
  heard_ = {false, false, true, true};
  EXPECT_TRUE(wait(300));
  EXPECT_EQ(pacer_.now(), begin_ + SourceWatch::kBetweenNewsSeconds + 3);
  EXPECT_TRUE(wait(300));
  EXPECT_EQ(pacer_.now(), begin_ + 2 * SourceWatch::kBetweenNewsSeconds + 4);
}

TEST_F(SourceWatchTest, one_that_broke_is_opened_again_later_and_that_is_news) {
  EXPECT_TRUE(wait(300));
  heard_ = {kBroken};
  EXPECT_TRUE(wait(300));
  EXPECT_EQ(pacer_.now(), begin_ + SourceWatch::kBetweenNewsSeconds + 1 + SourceWatch::kReopenSeconds);
  EXPECT_EQ(opened_.size(), 2U);
}

TEST_F(SourceWatchTest, one_that_cannot_be_opened_leaves_time) {
  cannot_open_ = true;
  EXPECT_FALSE(wait(100));
  EXPECT_EQ(pacer_.now(), begin_ + 100);
  EXPECT_EQ(opened_, (std::vector<std::int64_t>{begin_, begin_ + 30, begin_ + 60, begin_ + 90}));
}

TEST_F(SourceWatchTest, a_stop_ends_it) {
  std::stop_source stop;
  stop.request_stop();
  EXPECT_FALSE(watch_.wait(begin_ + 300, pacer_, stop.get_token()));
  EXPECT_EQ(pacer_.now(), begin_);
}

}  // namespace
}  // namespace renown::pipeline
