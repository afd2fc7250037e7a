#include "access/lookup_log.h"

#include <thread>

#include "access/testing.h"

namespace renown::access {
namespace {

using test::expect_failure;
using test::kDay;
using test::kNow;

class LookupLogTest : public test::StoreTest {
 protected:
  LookupLog& log() { return store_->lookup_log(); }
  static Lookup lookup(PersonId person, std::int64_t time) {
    return {.number = 0,
            .time = time,
            .key = 3,
            .asker = "Acme",
            .purpose = Purpose::research,
            .person = person,
            .outcome = LookupOutcome::try_later};
  }
  void add(std::vector<Lookup> lookups) { ASSERT_TRUE(log().add(lookups)); }
  /// Times after kNow of all pages, a bar between two.
  std::string pages(PersonId person, std::size_t most) {
    std::string text, cursor;
    do {
      const auto page = log().of_person(person, cursor, most);
      if (!page) return page.error().message;
      for (const Lookup& each : page->items) text += std::to_string(each.time - kNow) + " ";
      cursor = page->next;
      if (!cursor.empty()) text += "| ";
    } while (!cursor.empty());
    return text;
  }
};

TEST_F(LookupLogTest, KeepsEveryField) {
  add({lookup(7, kNow)});
  reopen();
  const Lookup kept = log().of_person(7)->items.at(0);
  EXPECT_EQ(kept.time, kNow);
  EXPECT_EQ(kept.key, 3);
  EXPECT_EQ(kept.asker, "Acme");
  EXPECT_EQ(kept.purpose, Purpose::research);
  EXPECT_EQ(kept.person, 7);
  EXPECT_EQ(kept.outcome, LookupOutcome::try_later);
}

TEST_F(LookupLogTest, ManyAddAtOnceAndNoLineIsLostOrDoubled) {
  constexpr int kThreads = 8, kTimes = 25;
  std::vector<std::thread> threads;
  for (int thread = 0; thread < kThreads; ++thread) {
    threads.emplace_back([this, thread] {
      for (int i = 0; i < kTimes; ++i) {
        const std::vector<Lookup> lines = {lookup(1 + thread, kNow + 2 * i), lookup(1 + thread, kNow + 2 * i + 1)};
        EXPECT_TRUE(log().add(lines));
        EXPECT_EQ(log().of_person(1 + thread, {}, 1)->items.at(0).time, kNow + 2 * i + 1) << "it is there at once";
      }
    });
  }
  for (std::thread& each : threads) each.join();
  reopen();
  for (int thread = 0; thread < kThreads; ++thread) {
    const auto lines = log().all_of_person(1 + thread);
    ASSERT_EQ(lines->size(), 2U * kTimes);
    for (int i = 0; i < 2 * kTimes; ++i) EXPECT_EQ((*lines)[static_cast<std::size_t>(i)].time, kNow + i);
  }
}

TEST_F(LookupLogTest, IsReadInPagesNewestFirst) {
  EXPECT_EQ(pages(7, 2), "");
  add({lookup(7, kNow + 1), lookup(8, kNow + 2), lookup(7, kNow + 3), lookup(0, kNow + 4)});
  EXPECT_EQ(pages(7, 2), "3 1 ");
  add({lookup(7, kNow + 5)});
  EXPECT_EQ(pages(7, 2), "5 3 | 1 ");
  EXPECT_EQ(pages(7, 1), "5 | 3 | 1 ");
  EXPECT_EQ(pages(7, 0), "5 | 3 | 1 ") << "a page has one line at least";
  EXPECT_EQ(pages(7, 100'000), "5 3 1 ");
  EXPECT_EQ(pages(8, 2), "2 ");
  const std::string cursor = log().of_person(7, "", 1)->next;
  add({lookup(7, kNow + 6)});
  EXPECT_EQ(log().of_person(7, cursor, 1)->items.at(0).time, kNow + 3) << "what comes meanwhile moves no page";
  EXPECT_EQ(log().all_of_person(7)->size(), 4U);
}

TEST_F(LookupLogTest, ACursorIsOneThatWasGivenOut) {
  for (const std::string cursor : {"a", "YmVsb3cg", "7", "%", "YmVsb3cgMDA3"})
    expect_failure(log().of_person(7, cursor), ErrorCode::bad_input, "none that was given out");
  expect_failure(log().of_person(7, std::string(10'000, 'a')), ErrorCode::bad_input, "none that was given out");
}

TEST_F(LookupLogTest, Forgets) {
  add({lookup(7, kNow), lookup(7, kNow + 1)});
  ASSERT_TRUE(store_->tidy(kNow + kLookupDays * kDay - 1));
  EXPECT_EQ(pages(7, 9), "1 0 ");
  ASSERT_TRUE(store_->tidy(kNow + kLookupDays * kDay));
  EXPECT_EQ(pages(7, 9), "1 ");
}

}  // namespace
}  // namespace renown::access
