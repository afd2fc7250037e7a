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

Result<PostView> take_reaching(std::string_view did, io::JsonValue view, ingest::Record& record) {
  ingest::Record whole;
  auto post = read_post(view, whole);
  if (!post) return post;
  record.leave_out("a post that does not reach the account");
  for (Interaction row : whole.rows()) {
    if (row.target != did) continue;
    for (std::string_view* text : {&row.post, &row.id, &row.tags}) *text = record.keep(std::string(*text));
    record.add(row);
  }
  return post;
}

}  // namespace renown::connect::bluesky
