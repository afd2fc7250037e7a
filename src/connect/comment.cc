#include "connect/comment.h"

#include <algorithm>
#include <string>

namespace renown::connect {

void add_comment(const Comment& comment, std::string_view unnamed, Page& page) {
  if (comment.author.empty()) return page.record.leave_out(std::string(unnamed));
  const std::string_view account = page.account.account;
  const bool is_answer = !comment.above.empty() && (comment.above == account || comment.author == account);
  page.record.add({comment.time,
                   is_answer ? Kind::reply : Kind::comment,
                   page.account.network,
                   comment.author,
                   is_answer ? comment.above : account,
                   comment.post,
                   comment.id,
                   {}});
}

std::pair<std::string_view, std::string_view> post_and_comment(std::string_view of) {
  const std::size_t slash = std::min(of.find('/'), of.size());
  return {of.substr(0, slash), of.substr(std::min(slash + 1, of.size()))};
}

}  // namespace renown::connect
