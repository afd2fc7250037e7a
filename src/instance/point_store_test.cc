#include "instance/point_store.h"

#include <gtest/gtest.h>

#include "instance/published.h"
#include "io/testing.h"

namespace renown::instance {
namespace {

constexpr std::int64_t kDay = 86'400;

class PointStoreTest : public ::testing::Test {
 protected:
  PointStore open() { return std::move(*PointStore::open(path_)); }

  static PersonCard card(PersonId person, std::optional<double> score) {
    PersonCard card{.person = person, .card = {}};
    card.card.score = score;
    card.card.raw = score.value_or(1.0) * 2;
    card.card.score_low = score;
    card.card.reach = 7;
    card.card.bound_raw = 3.5;
    return card;
  }

  static void publish(PointStore& store, std::int64_t as_of, std::vector<PersonCard> cards,
                      const std::string& model = "m") {
    ASSERT_TRUE(store.publish({.as_of = as_of, .model = model, .is_protected = true, .published = as_of}, cards));
  }

  io::testing::TemporaryFolder scratch_;
  std::string path_ = scratch_ / "points.sqlite";
};

TEST_F(PointStoreTest, gives_back_what_was_published) {
  publish(*std::make_unique<PointStore>(open()), 10 * kDay, {card(1, 42.25), card(2, std::nullopt)});
  PointStore store = open();  // another run of the program
  const auto run = *store.latest();
  ASSERT_TRUE(run);
  EXPECT_EQ(run->as_of, 10 * kDay);
  EXPECT_TRUE(run->is_protected);
  const auto cards = *store.current();
  ASSERT_EQ(cards.size(), 2U);
  EXPECT_EQ(cards[0].card.card.score, 42.25);
  EXPECT_EQ(cards[0].card.card.reach, 7U);
  EXPECT_EQ(cards[0].card.card.bound_raw, 3.5);
  EXPECT_EQ(cards[0].card.card.percentile, std::nullopt);
  EXPECT_EQ(cards[1].card.card.score, std::nullopt);  // unknown is not zero
  EXPECT_EQ(cards[1].moves.day, std::nullopt);
}

TEST_F(PointStoreTest, a_store_of_a_renown_that_kept_no_current_cards_gets_them) {
  {
    PointStore store = open();
    publish(store, 10 * kDay, {card(1, 10.0)});
    publish(store, 11 * kDay, {card(1, 12.0), card(2, 3.0)});
  }
  {
    auto database = *store::Database::open_for_writing(path_);
    ASSERT_TRUE(database.execute_script("DROP TABLE current; PRAGMA user_version = 1"));
  }
  PointStore store = open();
  const Published published = *Published::load(store);
  ASSERT_EQ(published.cards().size(), 2U);
  EXPECT_EQ(published.moves(1).day, 2.0);
  EXPECT_EQ(published.card(2)->score, 3.0);
}

TEST_F(PointStoreTest, is_empty_at_first) {
  PointStore store = open();
  EXPECT_EQ(*store.latest(), std::nullopt);
  EXPECT_TRUE(store.history(1, 0)->empty());
  EXPECT_FALSE(Published::load(store)->run());
}

TEST_F(PointStoreTest, a_day_is_the_run_published_last_for_it) {
  PointStore store = open();
  publish(store, 10 * kDay, {card(1, 10.0)});
  publish(store, 10 * kDay, {card(1, 11.0)});
  publish(store, 11 * kDay, {card(1, 12.0)});
  publish(store, 11 * kDay, {card(1, 50.0)}, "another");
  const auto points = *store.history(1, 0);
  ASSERT_EQ(points.size(), 3U);
  EXPECT_EQ(points[0].score, 11.0);
  EXPECT_EQ(points[1].score.value_or(0) + points[2].score.value_or(0), 62.0);
  EXPECT_EQ(store.history(1, 11 * kDay)->size(), 2U);
}

TEST_F(PointStoreTest, moves_are_those_within_a_model) {
  PointStore store = open();
  publish(store, 10 * kDay, {card(1, 99.0)}, "another");
  publish(store, 10 * kDay, {card(1, 10.0), card(2, 5.0)});
  publish(store, 17 * kDay, {card(1, 13.0)});
  publish(store, 18 * kDay, {card(1, 12.0), card(2, std::nullopt), card(3, 1.0)});
  const Published published = *Published::load(store);
  EXPECT_EQ(published.moves(1).day, -1.0);
  EXPECT_EQ(published.moves(1).week, 2.0);
  EXPECT_EQ(published.moves(1).month, std::nullopt);
  EXPECT_EQ(published.moves(2).week, std::nullopt);  // no score now
  EXPECT_EQ(published.moves(3).day, std::nullopt);
  EXPECT_EQ(published.moves(4).day, std::nullopt);
  EXPECT_EQ(published.card(4), nullptr);
}

TEST_F(PointStoreTest, percentile_needs_a_hundred_scored_people) {
  PointStore store = open();
  std::vector<PersonCard> cards;
  for (int i = 1; i <= 99; ++i) cards.push_back(card(i, i));
  cards.push_back(card(500, std::nullopt));
  publish(store, kDay, cards);
  EXPECT_EQ(Published::load(store)->percentile_here(10.0), std::nullopt);
  cards.push_back(card(100, 100));
  publish(store, kDay, cards);
  const Published published = *Published::load(store);
  EXPECT_EQ(published.percentile_here(200.0), 100.0);
  EXPECT_EQ(published.percentile_here(2.0), 1.0);  // of the lowest one
  EXPECT_EQ(published.percentile_here(0.0), 0.0);
  EXPECT_EQ(published.without(100).percentile_here(200.0), std::nullopt);
}

TEST_F(PointStoreTest, erases_a_person_to_the_last_row) {
  PointStore store = open();
  publish(store, kDay, {card(1, 10.0), card(2, 20.0)});
  ASSERT_TRUE(store.erase(1));
  EXPECT_TRUE(store.history(1, 0)->empty());
  EXPECT_EQ(store.history(2, 0)->size(), 1U);
  const Published published = *Published::load(store);
  EXPECT_EQ(published.card(1), nullptr);
  EXPECT_EQ(published.card(2)->score, 20.0);
}

}  // namespace
}  // namespace renown::instance
