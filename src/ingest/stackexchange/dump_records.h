/// The records of a dump's three files, with what must be there checked.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "renown/result.h"

#include "ingest/stackexchange/row_stream.h"

namespace renown::ingest::stackexchange {

/// Views point into the row they were read from.
struct PostRecord {
  std::int64_t time = 0;  ///< unix seconds, like every time here
  std::string_view id;
  std::string_view type;    ///< PostTypeId: "1" a question, "2" an answer, others are wiki pages and the like
  std::string_view owner;   ///< account; empty where it was deleted
  std::string_view parent;  ///< id of the question; never empty for an answer
  std::string tags;         ///< space-separated

  bool is_question() const { return type == "1"; }
  bool is_answer() const { return type == "2"; }
};

struct CommentRecord {
  std::int64_t time = 0;
  std::string_view id;
  std::string_view post;
  std::string_view author;  ///< account; empty where it was deleted
};

struct VoteRecord {
  std::int64_t time = 0;  ///< midnight: dumps give the day only
  std::string_view id;
  std::string_view post;
  std::string_view type;   ///< VoteTypeId
  std::string_view voter;  ///< account; empty for nearly all: dumps do not tell
};

/// errors  bad_input, naming the attribute that is missing, too long or no time
Result<PostRecord> read_post(const Row& row);
Result<CommentRecord> read_comment(const Row& row);
Result<VoteRecord> read_vote(const Row& row);

}  // namespace renown::ingest::stackexchange
