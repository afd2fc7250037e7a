#include "ingest/activitystreams/object_authors.h"

#include <deque>

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace renown::ingest::activitystreams {
namespace {

TEST(ObjectAuthors, remembers_and_the_latest_author_counts) {
  ObjectAuthors authors;
  EXPECT_EQ(authors.author_of("note"), "");
  authors.remember("note", "ann");
  authors.remember("note", "bob");
  EXPECT_EQ(authors.author_of("note"), "bob");
  EXPECT_EQ(authors.size(), 1);
}

TEST(ObjectAuthors, nothing_has_no_author) {
  ObjectAuthors authors;
  authors.remember("", "ann");
  authors.remember("note", "");
  EXPECT_EQ(authors.size(), 0);
}

TEST(ObjectAuthors, forgets_the_earliest_object_when_full) {
  ObjectAuthors authors(2, 1000);
  for (const char* note : {"1", "2", "3"}) authors.remember(note, "ann");
  EXPECT_EQ(authors.author_of("1"), "");
  EXPECT_EQ(authors.author_of("2"), "ann");
  EXPECT_EQ(authors.author_of("3"), "ann");
}

TEST(ObjectAuthors, long_texts_do_not_fill_the_memory) {
  ObjectAuthors authors(1000, 100);
  for (int i = 0; i < 50; ++i) authors.remember(std::string(30, 'x') + std::to_string(i), "ann");
  EXPECT_EQ(authors.size(), 2);
  authors.remember(std::string(200, 'y'), "ann");
  EXPECT_EQ(authors.size(), 0);
}

TEST(ObjectAuthors, agrees_with_a_plain_list) {
  rc::check([](const std::vector<std::pair<std::uint8_t, std::string>>& acts) {
    ObjectAuthors authors(5, 1'000'000);
    std::deque<std::pair<std::string, std::string>> list;
    for (const auto& [number, author] : acts) {
      const std::string object = std::to_string(number % 16);
      authors.remember(object, author);
      if (author.empty()) continue;
      const auto known =
          std::find_if(list.begin(), list.end(), [&](const auto& entry) { return entry.first == object; });
      if (known != list.end()) {
        known->second = author;
      } else {
        list.emplace_back(object, author);
      }
      if (list.size() > 5) list.pop_front();
    }
    RC_ASSERT(authors.size() == list.size());
    for (const auto& [object, author] : list) RC_ASSERT(authors.author_of(object) == author);
  });
}

}  // namespace
}  // namespace renown::ingest::activitystreams
