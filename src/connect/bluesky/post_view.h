/// PostView: a post as the AppView shows it. Inside of this folder.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "renown/result.h"

#include "ingest/record.h"
#include "io/json.h"

namespace renown::connect::bluesky {

struct PostView {
  std::string_view did;  ///< its author's
  std::string_view key;
  std::string_view address;  ///< "at://did:plc:ann/app.bsky.feed.post/3l3qo2vutsw2b"
  std::int64_t time = 0;     ///< unix seconds, as every reader of AT Protocol dates the record
};

/// Reads a view, and fills `record`, which is clear, with what the post does: the same rows that a stream gives.
/// The views point into the document.
///
/// errors  bad_input, saying as one clause what the view lacks
Result<PostView> read_post(io::JsonValue view, ingest::Record& record);

/// Adds to `record` what a view's post does to one account and to nobody else.
/// errors  as read_post
Result<PostView> take_reaching(std::string_view did, io::JsonValue view, ingest::Record& record);

}  // namespace renown::connect::bluesky
