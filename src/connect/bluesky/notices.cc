#include "connect/bluesky/notices.h"

#include <optional>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "base/time.h"
#include "connect/bluesky/post_view.h"
#include "connect/settle.h"
#include "connect/xrpc.h"

namespace renown::connect::bluesky {
namespace {

constexpr std::string_view kWhat = "the notifications";

/// A like or repost of one of the account's posts; not of a feed it made, or of what it reposted itself.
void take_act(const NoticePage& page, Kind kind, io::JsonValue notice, std::int64_t time, ingest::Record& record) {
  const std::string_view post = notice["reasonSubject"].text();
  record.leave_out("a notification that is not about a post");
  if (post.starts_with(fmt::format("at://{}/app.bsky.feed.post/", page.did))) {
    record.add({time, kind, "bluesky", notice.find({"author", "did"}).text(), page.did, post, {}, {}});
  }
}

/// errors  bad_input, saying as one clause what the notification lacks
Result<std::int64_t> take(const NoticePage& page, io::JsonValue notice, ingest::Record& record) {
  const std::string_view reason = notice["reason"].text();
  const auto time = base::parse_time(notice["indexedAt"].text());
  if (!time) return time.error();
  if (!notice.find({"author", "did"}).text().starts_with("did:")) return bad_input("a notification by nobody");
  if (reason == "like") {
    take_act(page, Kind::like, notice, *time, record);
  } else if (reason == "repost") {
    take_act(page, Kind::repost, notice, *time, record);
  } else if (reason == "reply" || reason == "quote" || reason == "mention") {
    if (auto taken = take_reaching(page.did, notice, record); !taken) return taken.error();
  } else {
    record.leave_out("a notification that is no engagement");
  }
  return time;
}

}  // namespace

std::expected<std::string, Problem> read_notices(net::Transport& http, const NoticePage& page, Pull& pull,
                                                 std::stop_token stop) {
  net::Request request{.url = xrpc_url(page.server, "app.bsky.notification.listNotifications",
                                       {{"limit", "100"}, {"cursor", page.cursor}})};
  if (!page.service.empty()) request.headers.set("Atproto-Proxy", page.service);
  const auto answer = ask_xrpc(http, request, kWhat, std::move(stop));
  if (!answer) return std::unexpected(answer.error());
  const io::JsonValue list = answer->root["notifications"];
  if (!list.is_array()) {
    return std::unexpected(Problem{ProblemKind::malformed, fmt::format("{}: the answer has no list", kWhat)});
  }
  bool any_new = list.elements().empty();  // an AppView may leave out all of a page
  for (const io::JsonValue notice : list.elements()) {
    ingest::Record record;
    const auto time = take(page, notice, record);
    if (!time) {
      count_bad(pull.report, kWhat, time.error().message);
      continue;
    }
    any_new = any_new || *time >= page.read_until;
    settle(record, pull.dated, pull.report, kWhat);
  }
  const std::string next(answer->root["cursor"].text());
  if (next == page.cursor && !next.empty()) {
    return std::unexpected(Problem{ProblemKind::malformed, fmt::format("{}: its pages lead in circles", kWhat)});
  }
  return any_new ? next : std::string();  // the newest come first
}

}  // namespace renown::connect::bluesky
