#include "ingest/stackexchange/dump_records.h"

#include <initializer_list>

#include <fmt/format.h>

#include "base/time.h"

namespace renown::ingest::stackexchange {
namespace {

constexpr std::size_t kMaxIdBytes = 1024;  ///< ids of posts and accounts; real ones have at most 9 digits

/// Checks the attributes every record of a file has, and returns the time.
Result<std::int64_t> check(const Row& row, std::initializer_list<std::string_view> needed,
                           std::initializer_list<std::string_view> optional) {
  if (row.element() != "row")
    return bad_input(fmt::format("an element <{:.40}> stands where <row> must", row.element()));
  for (const std::string_view name : needed) {
    if (row[name].empty()) return bad_input(fmt::format("the attribute {} is missing", name));
  }
  for (const auto& names : {needed, optional}) {
    for (const std::string_view name : names) {
      if (row[name].size() > kMaxIdBytes) {
        return bad_input(fmt::format("the attribute {} is longer than {} bytes", name, kMaxIdBytes));
      }
    }
  }
  return base::parse_time(row["CreationDate"]);
}

/// "<a><b>" (older dumps) or "|a|b|" (newer ones) as "a b".
std::string split_tags(std::string_view text) {
  constexpr std::string_view kBetween = "<>| ";
  std::string tags;
  while (true) {
    const std::size_t begin = text.find_first_not_of(kBetween);
    if (begin == std::string_view::npos) return tags;
    const std::size_t end = std::min(text.find_first_of(kBetween, begin), text.size());
    if (!tags.empty()) tags += ' ';
    tags += text.substr(begin, end - begin);
    text.remove_prefix(end);
  }
}

}  // namespace

Result<PostRecord> read_post(const Row& row) {
  const auto time = check(row, {"Id", "PostTypeId", "CreationDate"}, {"OwnerUserId", "ParentId"});
  if (!time) return time.error();
  PostRecord post{.time = *time,
                  .id = row["Id"],
                  .type = row["PostTypeId"],
                  .owner = row["OwnerUserId"],
                  .parent = row["ParentId"],
                  .tags = {}};
  if (post.is_answer() && post.parent.empty()) return bad_input("the attribute ParentId is missing from an answer");
  if (post.is_question()) post.tags = split_tags(row["Tags"]);
  return post;
}

Result<CommentRecord> read_comment(const Row& row) {
  const auto time = check(row, {"Id", "PostId", "CreationDate"}, {"UserId"});
  if (!time) return time.error();
  return CommentRecord{.time = *time, .id = row["Id"], .post = row["PostId"], .author = row["UserId"]};
}

Result<VoteRecord> read_vote(const Row& row) {
  const auto time = check(row, {"Id", "PostId", "VoteTypeId", "CreationDate"}, {"UserId"});
  if (!time) return time.error();
  return VoteRecord{
      .time = *time, .id = row["Id"], .post = row["PostId"], .type = row["VoteTypeId"], .voter = row["UserId"]};
}

}  // namespace renown::ingest::stackexchange
