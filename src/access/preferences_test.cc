#include "access/preferences.h"

#include <cmath>
#include <thread>

#include "access/testing.h"

namespace renown::access {
namespace {

using test::expect_failure;
using test::kNow;

class PreferencesTest : public test::StoreTest {};

TEST_F(PreferencesTest, ShowNothingUntilAPersonDecides) {
  const auto untouched = store_->preferences().of(7);
  ASSERT_TRUE(untouched);
  EXPECT_FALSE(untouched->on_public_board);
  EXPECT_EQ(untouched->card, CardAudience::nobody);
  EXPECT_EQ(untouched->digest, Digest::weekly);
  EXPECT_EQ(untouched->notify_move, 1.0);
  EXPECT_EQ(untouched->age_confirmed, 0);
  EXPECT_FALSE(*store_->preferences().has(7));
}

TEST_F(PreferencesTest, StayAsTheyWereSet) {
  const PersonPreferences all = {.on_public_board = true,
                                 .card = CardAudience::everyone,
                                 .number_hidden = true,
                                 .digest = Digest::none,
                                 .opted_out = true,
                                 .age_confirmed = kNow,
                                 .locale = "pt-BR",
                                 .zone = "Europe/Berlin",
                                 .notify_move = 2.5};
  ASSERT_TRUE(store_->preferences().set(7, all));
  reopen();
  EXPECT_EQ(*store_->preferences().of(7), all);
  EXPECT_TRUE(*store_->preferences().has(7));
  EXPECT_EQ(*store_->preferences().of(8), PersonPreferences()) << "another's are their own";
  ASSERT_TRUE(store_->preferences().set(7, {.card = CardAudience::members, .digest = Digest::daily}));
  EXPECT_EQ(store_->preferences().of(7)->card, CardAudience::members);
  EXPECT_FALSE(store_->preferences().of(7)->opted_out);
  expect_failure(store_->preferences().set(7, {.locale = "?"}), ErrorCode::bad_input, "the locale");
  expect_failure(store_->preferences().set(7, {.zone = "a b"}), ErrorCode::bad_input, "the time zone");
  for (const double points : {0.0, 0.05, -1.0, 99.5, std::nan("")})
    expect_failure(store_->preferences().set(7, {.notify_move = points}), ErrorCode::bad_input, "points on, or never");
  for (const std::optional<double> points : {std::optional(0.1), std::optional(99.0), std::optional<double>()}) {
    ASSERT_TRUE(store_->preferences().set(7, {.notify_move = points}));
    EXPECT_EQ(store_->preferences().of(7)->notify_move, points);
  }
  expect_failure(store_->preferences().set(0, {}), ErrorCode::bad_input, "a person's");
}

TEST_F(PreferencesTest, ChangesAtOnceBothHold) {
  const auto turn = [&](auto member, int times) {
    for (int i = 0; i < times; ++i) {
      EXPECT_TRUE(store_->preferences().change(7, [&](PersonPreferences now) -> Result<PersonPreferences> {
        now.*member = true;
        return now;
      }));
    }
  };
  std::thread out([&] { turn(&PersonPreferences::opted_out, 20); });
  turn(&PersonPreferences::number_hidden, 20);
  out.join();
  EXPECT_TRUE(store_->preferences().of(7)->opted_out);
  EXPECT_TRUE(store_->preferences().of(7)->number_hidden);
  const auto refuse = [](const PersonPreferences&) -> Result<PersonPreferences> { return bad_input("no"); };
  expect_failure(store_->preferences().change(7, refuse), ErrorCode::bad_input, "no");
  EXPECT_TRUE(store_->preferences().of(7)->opted_out) << "a change that failed changes nothing";
}

TEST(PreferenceWords, AreReadAndWritten) {
  for (const auto audience : {CardAudience::nobody, CardAudience::members, CardAudience::everyone})
    EXPECT_EQ(parse_audience(audience_name(audience)), audience);
  for (const auto digest : {Digest::weekly, Digest::daily, Digest::none})
    EXPECT_EQ(parse_digest(digest_name(digest)), digest);
  EXPECT_FALSE(parse_audience("Nobody"));
  EXPECT_FALSE(parse_digest(""));
}

}  // namespace
}  // namespace renown::access
