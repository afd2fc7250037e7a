/// A comment of a blog, in the words of the log.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "renown/result.h"

#include "ingest/record.h"
#include "io/json.h"

namespace renown::connect::wordpress {

/// The blog, as accounts and addresses name it.
struct Site {
  std::string account;  ///< "blog.example"
  std::string home;     ///< address of its first page: whatever begins with it is the blog itself
};

struct Comment {
  std::string number;  ///< the blog's own
  std::string actor;   ///< account of who wrote it; empty where nobody can be named; the site's for whoever is of it
  std::string parent;  ///< number of the comment it answers; empty without one
  std::string page;    ///< of a pingback: the address of the page that links here; else empty
  std::string post;    ///< address of the post it stands under
  std::int64_t time = 0;
};

/// errors  bad_input where it has no number, no time or no link
Result<Comment> read_comment(io::JsonValue comment, const Site& site);

/// How a comment is called in the log: "blog.example#comment-5".
std::string id_of(std::string_view site, std::string_view number);

/// Rows: a comment is one on the blog, and a reply where it answers somebody who can be named; a pingback is a mention.
/// answered  account of whom it answers; empty where nobody can be named
void rows_of(const Comment& comment, std::string_view answered, std::string_view site, ingest::Record& record);

}  // namespace renown::connect::wordpress
