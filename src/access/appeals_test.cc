#include "access/appeals.h"

#include <fmt/format.h>

#include "access/testing.h"

namespace renown::access {
namespace {

using test::expect_failure;
using test::kDay;
using test::kNow;

constexpr PersonId kAda = 7, kBen = 8;
constexpr std::int64_t kFinding = 3;
constexpr LoginId kOperator = 2;

class AppealsTest : public test::StoreTest {
 protected:
  Appeals& appeals() { return store_->appeals(); }

  std::int64_t make(PersonId person, std::int64_t finding = kFinding, std::int64_t now = kNow) {
    const auto made = appeals().make(person, finding, "We are a class.", 0, now);
    EXPECT_TRUE(made) << (made ? "" : made.error().message);
    return made ? made->id : 0;
  }

  Appeal of(PersonId person) { return appeals().of_person(person)->front(); }

  /// What the audit says, the oldest first.
  std::string audit() {
    std::string all;
    const auto page = store_->audit().read();
    for (const AuditLine& line : page->items) all.insert(0, fmt::format("{} {} {}\n", line.by, line.what, line.detail));
    return all;
  }
};

TEST_F(AppealsTest, are_made_answered_and_revoked) {
  EXPECT_TRUE(appeals().of_person(kAda)->empty());
  EXPECT_TRUE(appeals().waiting()->empty());
  const auto made = appeals().make(kAda, kFinding, "  We are a class.\r\nEach of us reads the list.\n", 1, kNow);
  ASSERT_TRUE(made);
  EXPECT_EQ(made->text, "We are a class.\nEach of us reads the list.");
  reopen();
  EXPECT_EQ(of(kAda).state, AppealState::open);
  EXPECT_EQ(of(kAda).answered, 0);
  ASSERT_EQ(appeals().waiting()->size(), 1U);
  ASSERT_TRUE(appeals().answer(made->id, {.pardon = 5, .text = "You are."}, kOperator, kNow + 1));
  EXPECT_EQ(of(kAda).state, AppealState::pardoned);
  EXPECT_EQ(of(kAda).answer, "You are.");
  EXPECT_EQ(of(kAda).answered, kNow + 1);
  EXPECT_EQ(of(kAda).pardon, 5);
  EXPECT_TRUE(appeals().waiting()->empty());
  expect_failure(appeals().answer(made->id, {.text = "No."}, kOperator, kNow), ErrorCode::not_found, "answered");
  EXPECT_EQ(appeals().pardoned()->size(), 1U);
  ASSERT_TRUE(appeals().revoke(5, "You are not.", kOperator, kNow + 2));
  EXPECT_TRUE(appeals().pardoned()->empty());
  EXPECT_EQ(of(kAda).state, AppealState::revoked);
  EXPECT_EQ(of(kAda).answer, "You are not.");
  EXPECT_EQ(audit(),
            "1 appeal made appeal 1: finding 3\n"
            "2 appeal pardoned appeal 1: pardon 5\n"
            "2 pardon withdrawn pardon 5, appeals 1\n");
}

TEST_F(AppealsTest, one_is_open_at_a_time_for_each_finding) {
  const std::int64_t first = make(kAda);
  expect_failure(appeals().make(kAda, kFinding, "Again.", 0, kNow), ErrorCode::bad_input, "already");
  make(kAda, kFinding + 1);
  make(kBen);
  ASSERT_TRUE(appeals().withdraw(kAda, first, 1, kNow));
  make(kAda);
  EXPECT_EQ(appeals().of_person(kAda)->size(), 3U);
  ASSERT_TRUE(appeals().answer(of(kAda).id, {.text = "It stands."}, kOperator, kNow));
  EXPECT_EQ(of(kAda).state, AppealState::upheld);
  make(kAda);  // with something new to say
}

TEST_F(AppealsTest, are_withdrawn_by_whose_they_are_while_they_are_open) {
  const std::int64_t appeal = make(kAda);
  expect_failure(appeals().withdraw(kBen, appeal, 1, kNow), ErrorCode::not_found, "of yours");
  expect_failure(appeals().withdraw(kAda, appeal + 1, 1, kNow), ErrorCode::not_found, "of yours");
  ASSERT_TRUE(appeals().withdraw(kAda, appeal, 1, kNow));
  EXPECT_EQ(of(kAda).state, AppealState::withdrawn);
  expect_failure(appeals().withdraw(kAda, appeal, 1, kNow), ErrorCode::not_found, "open");
  expect_failure(appeals().answer(appeal, {.text = "No."}, kOperator, kNow), ErrorCode::not_found, "withdrawn");
}

TEST_F(AppealsTest, what_waits_brings_what_was_settled_about_it) {
  const std::int64_t first = make(kAda);
  ASSERT_TRUE(appeals().answer(first, {.text = "No."}, kOperator, kNow));
  make(kBen, kFinding + 1);
  EXPECT_EQ(appeals().waiting()->size(), 1U);
  make(kBen);
  const auto waiting = *appeals().waiting();
  ASSERT_EQ(waiting.size(), 3U);
  EXPECT_EQ(waiting[0].id, first);
}

TEST_F(AppealsTest, all_of_a_finding_are_answered_at_once) {
  make(kAda);
  make(kBen);
  make(kBen, kFinding + 1);
  EXPECT_EQ(*appeals().answer_all(kFinding, {.pardon = 9, .text = "You are a class."}, kOperator, kNow), 2U);
  EXPECT_EQ(of(kAda).state, AppealState::pardoned);
  EXPECT_EQ(of(kBen).state, AppealState::open);
  EXPECT_EQ(*appeals().answer_all(kFinding, {.pardon = 9, .text = "Still."}, kOperator, kNow), 0U);
  ASSERT_TRUE(appeals().revoke(9, "No more.", kOperator, kNow));
  EXPECT_EQ(of(kAda).state, AppealState::revoked);
  EXPECT_EQ(of(kBen).state, AppealState::open);
}

TEST_F(AppealsTest, one_is_revoked_where_the_pardon_goes_on_for_others) {
  const auto ada = appeals().make(kAda, 7, "Look again.", kOperator, kNow);
  ASSERT_TRUE(ada);
  expect_failure(appeals().revoke_one(ada->id, "No more.", kOperator, kNow), ErrorCode::not_found,
                 "stands as pardoned");
  ASSERT_TRUE(appeals().answer_all(7, {.pardon = 9, .text = "Granted."}, kOperator, kNow));
  ASSERT_TRUE(appeals().revoke_one(ada->id, "No more.", kOperator, kNow + 1));
  EXPECT_EQ(of(kAda).state, AppealState::revoked);
  EXPECT_EQ(of(kAda).answer, "No more.");
  expect_failure(appeals().revoke_one(ada->id, "Again.", kOperator, kNow), ErrorCode::not_found, "stands as pardoned");
}

TEST_F(AppealsTest, have_a_text_that_is_plain_and_bounded) {
  const std::pair<std::string, const char*> bad[] = {{"", "missing"},
                                                     {" \n\r\n ", "missing"},
                                                     {std::string(kMostAppealBytes + 1, 'a'), "4000"},
                                                     {"a\x01", "do not print"},
                                                     {"\xff", "UTF-8"}};
  for (const auto& [text, says] : bad) {
    expect_failure(appeals().make(kAda, kFinding, text, 0, kNow), ErrorCode::bad_input, says);
    expect_failure(appeals().answer(1, {.text = text}, kOperator, kNow), ErrorCode::bad_input, says);
    expect_failure(appeals().revoke(1, text, kOperator, kNow), ErrorCode::bad_input, says);
  }
  EXPECT_TRUE(appeals().make(kAda, kFinding, std::string(kMostAppealBytes, 'a'), 0, kNow));
  EXPECT_EQ(audit(), "0 appeal made appeal 1: finding 3\n");
}

TEST_F(AppealsTest, are_so_many_within_a_month) {
  for (std::int64_t i = 0; i < kMostAppeals; ++i) make(kAda, kFinding + i);
  expect_failure(appeals().make(kAda, 99, "One more.", 0, kNow), ErrorCode::bad_input, "wait");
  make(kBen, 99);
  make(kAda, 99, kNow + kAppealsWithinDays * kDay);
}

TEST_F(AppealsTest, go_with_their_person_and_with_time) {
  ASSERT_TRUE(appeals().make(kAda, kFinding, "I am a teacher.", 0, kNow));
  const std::int64_t settled = make(kBen);
  ASSERT_TRUE(appeals().answer(settled, {.text = "It stands."}, kOperator, kNow));
  make(kBen);
  EXPECT_EQ(*store_->people(), (std::vector<PersonId>{kAda, kBen}));
  EXPECT_EQ(store_->records_of(kAda, kNow)->appeals.size(), 1U);
  ASSERT_TRUE(holds("I am a teacher."));
  EXPECT_EQ(store_->erase(kAda, 0, kNow)->appeals, 1U);
  EXPECT_FALSE(holds("I am a teacher."));
  EXPECT_TRUE(appeals().of_person(kAda)->empty());
  ASSERT_TRUE(store_->tidy(kNow + kAppealDays * kDay));
  EXPECT_EQ(appeals().of_person(kBen)->size(), 1U) << "what is open stays";
}

}  // namespace
}  // namespace renown::access
