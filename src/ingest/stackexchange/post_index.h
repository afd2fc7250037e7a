/// PostIndex: whose each post is, so that comments, answers and votes, which name only the post, find their target.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "ingest/stackexchange/text_table.h"

namespace renown::ingest::stackexchange {

/// The one thing that grows with a dump: about 50 bytes a post (its id, three numbers, and the table of ids); accounts
/// and sets of tags are stored once each.
class PostIndex {
 public:
  using PostNumber = TextTable::Number;

  /// owner   account, or empty where it was deleted
  /// parent  id of the question, or empty; it may come later in the file
  /// tags    space-separated, of a question
  PostNumber add(std::string_view id, std::string_view owner, std::string_view parent, std::string_view tags);

  /// A post as far as it is known. Views are valid until the next add().
  struct Post {
    bool known = false;  ///< false: the dump has no such post (so far)
    std::string_view id;
    std::string_view owner;   ///< empty where it was deleted
    std::string_view parent;  ///< id of the question; empty for a question
    std::string_view tags;    ///< its own, for an answer those of its question
  };

  Post find(std::string_view id) const;
  Post operator[](PostNumber number) const;

 private:
  static constexpr TextTable::Number kNone = 0xffff'ffff;
  struct Entry {
    TextTable::Number owner = kNone;
    TextTable::Number parent = kNone;
    TextTable::Number tags = kNone;  ///< kNone: a post that is only named as a parent so far
  };

  PostNumber number_of(std::string_view id);

  TextTable ids_;
  TextTable owners_;
  TextTable tags_;
  std::vector<Entry> entries_;  ///< by the number of the id
};

}  // namespace renown::ingest::stackexchange
