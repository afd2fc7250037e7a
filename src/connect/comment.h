/// Comments under what the followed account published, as several networks have them.
#pragma once

#include <cstdint>
#include <string_view>
#include <utility>

#include "renown/account.h"

#include "connect/list_connector.h"

namespace renown::connect {

struct Comment {
  std::int64_t time = 0;    ///< unix seconds
  std::string_view author;  ///< empty where the network does not name one
  std::string_view above;   ///< who wrote the comment that it stands under; empty where it stands under the post
  std::string_view post;    ///< outlives the page's record
  std::string_view id;
};

/// The row of a comment: it engages the account; under a comment it answers whoever wrote that one, where that or the
/// author is the account.
///
/// unnamed  why there is no row where the author is not named: "by an account that was deleted"
void add_comment(const Comment& comment, std::string_view unnamed, Page& page);

/// What an errand for the answers to a comment is of: "post/comment", taken apart.
std::pair<std::string_view, std::string_view> post_and_comment(std::string_view of);

}  // namespace renown::connect
