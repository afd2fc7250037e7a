#include "model/interaction_block.h"

#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

namespace renown::model {
namespace {

/// Readable behind the text as far as push_padded() reads.
class Padded {
 public:
  explicit Padded(const std::string& text)
      : bytes_(text + std::string(TextColumn::kPadding, '#')), size_(text.size()) {}
  operator std::string_view() const { return std::string_view(bytes_).substr(0, size_); }

 private:
  std::string bytes_;
  std::size_t size_;
};

std::vector<std::string> texts_of(const TextColumn& column) {
  std::vector<std::string> texts;
  for (std::size_t i = 0; i < column.size(); ++i) texts.emplace_back(column[i]);
  return texts;
}

TEST(TextColumn, keeps_texts_of_any_length_however_they_are_pushed) {
  TextColumn column;
  std::vector<std::string> wanted;
  std::string all;
  for (std::size_t i = 0; i < 300; ++i) {
    wanted.push_back(std::string(i * 7 % 90, static_cast<char>('a' + i % 26)));
    all += wanted.back();
    if (i % 2 == 0) {
      column.push(wanted.back());
    } else {
      column.push_padded(Padded(wanted.back()));
    }
  }
  EXPECT_EQ(texts_of(column), wanted);
  EXPECT_EQ(column.bytes(), all);
  EXPECT_EQ(column.size_bytes(), all.size());
  EXPECT_EQ(column.bytes_from(299), wanted.back());
  column.truncate(2);
  EXPECT_EQ(texts_of(column), (std::vector<std::string>{wanted[0], wanted[1]}));
  column.push("x");
  EXPECT_EQ(column.bytes(), wanted[0] + wanted[1] + "x");
}

TEST(TextColumn, takes_empty_texts_without_an_address) {
  TextColumn column;
  column.push_padded({});
  column.push({});
  EXPECT_EQ(texts_of(column), (std::vector<std::string>{"", ""}));
  EXPECT_EQ(column.bytes(), "");
}

TEST(TextColumn, is_as_new_when_it_is_cleared_and_after_it_was_moved_from) {
  TextColumn column;
  for (int i = 0; i < 100; ++i) column.push("text");
  TextColumn other = std::move(column);
  EXPECT_EQ(other.size(), 100u);
  for (TextColumn* cleared : {&column, &other}) {
    cleared->clear();
    EXPECT_EQ(cleared->size(), 0u);
    EXPECT_EQ(cleared->bytes(), "");
    cleared->push("new");
    EXPECT_EQ(texts_of(*cleared), std::vector<std::string>{"new"});
  }
}

}  // namespace
}  // namespace renown::model
