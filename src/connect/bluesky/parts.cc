#include "connect/bluesky/parts.h"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "base/time.h"
#include "connect/bluesky/post_view.h"
#include "connect/settle.h"
#include "connect/xrpc.h"

namespace renown::connect::bluesky {
namespace {

/// How one part is asked for, and where its list stands in the answer.
struct PartMethod {
  std::string_view method;
  std::string_view list;
  std::string_view words;
};

constexpr std::array<PartMethod, kParts> kMethods = {
    PartMethod{"app.bsky.feed.getLikes", "likes", "the likes"},
    PartMethod{"app.bsky.feed.getRepostedBy", "repostedBy", "the reposts"},
    PartMethod{"app.bsky.feed.getQuotes", "posts", "the quotes"},
    PartMethod{"app.bsky.feed.getPostThread", "replies", "the answers"}};

/// An act of somebody on the post that has no record to be named by.
Interaction act(const PartPage& page, Kind kind, std::string_view actor, std::int64_t time) {
  return {time, kind, "bluesky", actor, page.did, page.address, {}, {}};
}

/// When the AppView saw the like; its createdAt is whatever the client says. errors  bad_input
Result<std::int64_t> take_like(const PartPage& page, io::JsonValue like, ingest::Record& record) {
  const std::string_view actor = like.find({"actor", "did"}).text();
  if (!actor.starts_with("did:")) return bad_input("a like of nobody");
  const auto time = base::parse_time(like["indexedAt"].text());
  if (time) record.add(act(page, Kind::like, actor, *time));
  return time;
}

Result<std::int64_t> take_repost(const PartPage& page, io::JsonValue profile, ingest::Record& record) {
  const std::string_view actor = profile["did"].text();
  if (!actor.starts_with("did:")) return bad_input("a repost of nobody");
  record.add(act(page, Kind::repost, actor, std::max(page.post_time, page.read_until)));
  return page.read_until;  // it may be new
}

/// Of a post, what it does to the account and nobody else.
Result<std::int64_t> take_post(const PartPage& page, io::JsonValue view, ingest::Record& record) {
  const auto post = take_reaching(page.did, view, record);
  if (!post) return post.error();
  return post->time;
}

/// An answer that was deleted, or whose author and this one do not see each other, stands in a thread without its text.
bool is_shown(io::JsonValue answer) {
  const std::string_view type = answer["$type"].text();
  return !type.ends_with("#notFoundPost") && !type.ends_with("#blockedPost");
}

Result<std::int64_t> take(const PartPage& page, io::JsonValue entry, ingest::Record& record) {
  switch (page.part) {
    case Part::likes:
      return take_like(page, entry, record);
    case Part::reposts:
      return take_repost(page, entry, record);
    case Part::quotes:
      return take_post(page, entry, record);
    case Part::replies:
      if (is_shown(entry)) return take_post(page, entry["post"], record);
      record.leave_out("an answer that is not shown");
      return page.read_until;
  }
  return bad_input("no part of a post");
}

std::string url_of(const PartPage& page, const PartMethod& method) {
  if (page.part == Part::replies) {
    return xrpc_url(page.server, method.method, {{"uri", page.address}, {"depth", "1"}, {"parentHeight", "0"}});
  }
  return xrpc_url(page.server, method.method, {{"uri", page.address}, {"limit", "100"}, {"cursor", page.cursor}});
}

}  // namespace

std::expected<std::string, Problem> read_part(net::Transport& http, const PartPage& page, Pull& pull,
                                              std::stop_token stop) {
  const PartMethod& method = kMethods[static_cast<std::size_t>(page.part)];
  const std::string what = fmt::format("{} of {}", method.words, page.address);
  const auto answer = ask_xrpc(http, url_of(page, method), what, std::move(stop));
  if (!answer) return std::unexpected(answer.error());
  const io::JsonValue holder = page.part == Part::replies ? answer->root["thread"] : answer->root;
  if (page.part == Part::replies && !is_shown(holder)) {
    return std::unexpected(Problem{ProblemKind::not_found, what + ": the post is not shown"});
  }
  const io::JsonValue list = holder[method.list];
  if (!list.is_array()) return std::unexpected(Problem{ProblemKind::malformed, what + ": the answer has no list"});
  bool any_new = list.elements().empty();  // an AppView may leave out all of a page
  for (const io::JsonValue entry : list.elements()) {
    ingest::Record record;
    const auto time = take(page, entry, record);
    if (!time) {
      count_bad(pull.report, what, time.error().message);
      continue;
    }
    any_new = any_new || *time >= page.read_until;
    settle(record, page.part == Part::reposts ? pull.undated : pull.dated, pull.report, what);
  }
  const std::string next(answer->root["cursor"].text());
  if (next == page.cursor && !next.empty()) {
    return std::unexpected(Problem{ProblemKind::malformed, what + ": its pages lead in circles"});
  }
  return any_new ? next : std::string();  // the newest come first
}

}  // namespace renown::connect::bluesky
