#include "connect/bluesky/post_view.h"

#include "atproto/record_key.h"
#include "base/time.h"
#include "connect/bluesky_post.h"
#include "ingest/jetstream/jetstream_event.h"

namespace renown::connect::bluesky {

Result<PostView> read_post(io::JsonValue view, ingest::Record& record) {
  constexpr std::string_view kPosts = "app.bsky.feed.post";
  PostView post;
  post.address = view["uri"].text();
  post.did = ingest::jetstream::account_in(post.address);
  post.key = key_in(post.address, post.did, kPosts);
  if (post.did.empty() || post.key.empty()) return bad_input("a post whose uri is none");
  const auto indexed = base::parse_time(view["indexedAt"].text());
  if (!indexed) return indexed.error();
  post.time = atproto::record_time(post.key, *indexed);
  auto read = ingest::jetstream::read_created(post.did, kPosts, post.key, post.time, view["record"], record);
  if (!read) return read.error();
  return post;
}

}  // namespace renown::connect::bluesky
