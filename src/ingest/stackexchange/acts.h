/// Which acts a record of a dump stands for (the table in docs/formats/stackexchange.md).
#pragma once

#include <cstdint>
#include <string_view>

#include "ingest/record.h"
#include "ingest/stackexchange/dump_records.h"
#include "ingest/stackexchange/post_index.h"

namespace renown::ingest::stackexchange {

/// Each fills `record`, which is clear. The rows' texts point into the arguments too: use them before those change.

/// A question or an answer that is in the index (`post.known`), written at `time` by its owner.
void acts_of_post(std::string_view network, const PostIndex::Post& post, std::int64_t time, const PostIndex& index,
                  Record& record);
void acts_of_comment(std::string_view network, const CommentRecord& comment, const PostIndex& index, Record& record);
void acts_of_vote(std::string_view network, const VoteRecord& vote, const PostIndex& index, Record& record);

}  // namespace renown::ingest::stackexchange
