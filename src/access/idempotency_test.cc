#include "access/idempotency.h"

#include "access/testing.h"

namespace renown::access {
namespace {

using enum Attempt::State;
using test::expect_failure;
using test::kNow;

class IdempotencyTest : public test::StoreTest {
 protected:
  Idempotency& answers() { return store_->idempotency(); }
  Attempt begin(const char* request, const std::string& key = "k", std::int64_t now = kNow,
                const std::string& caller = caller_of_login(1), const char* route = "make_key") {
    auto attempt = answers().begin(caller, route, key, request, now);
    EXPECT_TRUE(attempt) << attempt.error().message;
    return std::move(*attempt);
  }
  static RecordedAnswer made(const std::string& body = "{}") {
    return {.status = 201, .headers = {{"Location", "/v1/keys/5"}, {"ETag", "\"a: b\""}}, .body = body};
  }
};

TEST_F(IdempotencyTest, TheSameRequestIsAnsweredTheSameAndNotDoneAgain) {
  {
    Attempt first = begin("POST x");
    ASSERT_EQ(first.state(), Attempt::State::first);
    EXPECT_EQ(begin("POST x").state(), under_way);
    EXPECT_EQ(begin("POST y").state(), conflict) << "under way, and another request";
    ASSERT_TRUE(first.finish(made(std::string("a\0b\n", 4)), kNow));
    expect_failure(first.finish(made(), kNow), ErrorCode::internal, "and once");
  }
  reopen();
  const Attempt again = begin("POST x");
  ASSERT_EQ(again.state(), replay);
  EXPECT_EQ(again.answer().status, 201);
  EXPECT_EQ(again.answer().headers, made().headers);
  EXPECT_EQ(again.answer().body, std::string("a\0b\n", 4));
  EXPECT_FALSE(again.answer().is_withheld);
  EXPECT_EQ(begin("POST y").state(), conflict);
}

TEST_F(IdempotencyTest, CallersRoutesAndKeysAreApart) {
  Attempt attempt = begin("x");
  ASSERT_TRUE(attempt.finish(made(), kNow));
  EXPECT_EQ(begin("x", "other").state(), first);
  EXPECT_EQ(begin("x", "k", kNow, caller_of_login(2)).state(), first);
  EXPECT_EQ(begin("x", "k", kNow, caller_of_key(1)).state(), first) << "key 1 is not login 1";
  EXPECT_EQ(begin("x", "k", kNow, caller_of_login(1), "make_login").state(), first);
}

TEST_F(IdempotencyTest, IsForgottenAfterADay) {
  Attempt attempt = begin("x");
  ASSERT_TRUE(attempt.finish(made(), kNow));
  EXPECT_EQ(begin("x", "k", kNow + kAnswerSeconds - 1).state(), replay);
  EXPECT_EQ(begin("x", "k", kNow - 1).state(), replay) << "the clock went back";
  {
    Attempt later = begin("y", "k", kNow + kAnswerSeconds);
    ASSERT_EQ(later.state(), first) << "even for another request";
    ASSERT_TRUE(later.finish(made(), kNow + kAnswerSeconds));
  }
  ASSERT_TRUE(store_->tidy(kNow + 2 * kAnswerSeconds));
  EXPECT_EQ(begin("x").state(), first);
}

TEST_F(IdempotencyTest, WhatWasNotFinishedCanBeSentAgain) {
  {
    Attempt failed = begin("x");
    Attempt moved = std::move(failed);
    EXPECT_EQ(begin("x").state(), under_way);
  }
  EXPECT_EQ(begin("x").state(), first);
}

TEST_F(IdempotencyTest, BodiesWithSecretsOrTooLongAreNotKept) {
  RecordedAnswer secret = made("rnk_planted_secret");
  secret.is_withheld = true;
  const struct {
    const char* key;
    RecordedAnswer answer;
    bool wanted;
  } cases[] = {{"secret", secret, true},
               {"longest", made(std::string(kMostAnswerBytes, 'a')), false},
               {"too long", made(std::string(kMostAnswerBytes + 1, 'a')), true}};
  for (const auto& [key, answer, wanted] : cases) {
    Attempt attempt = begin("x", key);
    ASSERT_TRUE(attempt.finish(answer, kNow));
    const Attempt again = begin("x", key);
    EXPECT_EQ(again.answer().is_withheld, wanted) << key;
    EXPECT_EQ(again.answer().body, wanted ? "" : answer.body) << key;
    EXPECT_EQ(again.answer().status, 201) << key;
  }
  EXPECT_FALSE(holds("planted_secret"));
}

TEST_F(IdempotencyTest, IsBounded) {
  for (int i = 0; i <= kMostAnswersOfCaller; ++i) {
    Attempt attempt = begin("x", std::to_string(i), kNow + i);
    ASSERT_TRUE(attempt.finish(made(), kNow + i));
  }
  EXPECT_EQ(begin("x", "0").state(), first) << "the oldest made room";
  EXPECT_EQ(begin("x", "1").state(), replay);
  for (const std::size_t size : {std::size_t{0}, kMostIdempotencyKeyBytes + 1})
    expect_failure(answers().begin("login 1", "r", std::string(size, 'k'), "x", kNow), ErrorCode::bad_input,
                   "1 to 255");
  EXPECT_TRUE(answers().begin("login 1", "r", std::string(kMostIdempotencyKeyBytes, 'k'), "x", kNow));
}

}  // namespace
}  // namespace renown::access
