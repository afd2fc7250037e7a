#include "connect/youtube/youtube.h"

#include <array>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "base/time.h"
#include "connect/amount_setting.h"
#include "connect/comment.h"
#include "connect/list_connector.h"
#include "connect/members.h"

namespace renown::connect::youtube {
namespace {

using io::JsonValue;

constexpr std::string_view kNetwork = "youtube";
constexpr std::int64_t kUnitsADay = 5'000;

/// The only item of an answer about one thing.
JsonValue first_item(JsonValue root) {
  for (const JsonValue item : root["items"].elements()) return item;
  return {};
}

Result<void> take_channel(const Errand&, JsonValue root, Page& page) {
  const JsonValue item = first_item(root);
  const JsonValue snippet = item["snippet"];
  Members playlists(item.find({"contentDetails", "relatedPlaylists"}));
  Members statistics(item["statistics"]);
  const std::string uploads(playlists.text("uploads"));
  const std::int64_t videos = statistics.number("videoCount");
  if (!playlists.all_good()) return bad_input("there is no such channel, or it has no list of uploads");
  if (!statistics.all_good()) return statistics.error();
  people::Profile profile;
  profile.account = page.account;
  profile.handle = std::string(snippet["customUrl"].text());
  profile.name = std::string(snippet["title"].text());
  profile.bio = std::string(snippet["description"].text());
  profile.picture = snippet["thumbnails"].is_object();
  page.pull.profiles.push_back({std::move(profile), std::string(page.document)});
  page.ask({.list = "uploads", .of = uploads, .count = videos});
  return {};
}

/// The videos of a page of uploads are asked for in one request, for each costs the same.
Result<void> take_upload(const Errand&, JsonValue item, Page& page) {
  Members details(item["contentDetails"]);
  const std::string video(details.text("videoId"));
  if (!details.all_good()) return details.error();
  if (page.lists.empty()) {
    page.ask({.list = "videos", .of = video});
  } else {
    page.lists.back().first.of += "," + video;
  }
  return {};
}

Result<void> take_videos(const Errand&, JsonValue root, Page& page) {
  if (!root["items"].is_array()) return bad_input("there is no list of videos");
  for (const JsonValue item : root["items"].elements()) {
    Members of(item);
    Members snippet(item["snippet"]);
    Members statistics(item["statistics"]);
    const std::string_view id = of.text("id");
    const std::int64_t time = snippet.time("publishedAt");
    // Not said where comments are switched off.
    const bool has_comments = !item.find({"statistics", "commentCount"}).is_missing();
    const std::int64_t comments = has_comments ? statistics.number("commentCount") : 0;
    for (const Members* each : {&of, &snippet, &statistics}) {
      if (!each->all_good()) return each->error();
    }
    const std::string& channel = page.account.account;
    page.record.add({time, Kind::post, kNetwork, channel, {}, id, id, {}});
    page.pull.posts.push_back({std::string(kNetwork), std::string(id), channel,
                               fmt::format("https://www.youtube.com/watch?v={}", id), time,
                               beginning(item.find({"snippet", "title"}).text())});
    page.ask_if_changed({.list = "threads", .of = std::string(id), .whom = channel, .count = comments, .since = time});
  }
  return {};
}

std::string_view author_of(JsonValue comment) {
  return comment.find({"snippet", "authorChannelId", "value"}).text();
}

/// above  who wrote the comment it stands under; empty where it stands under the video
Result<void> add(JsonValue comment, std::string_view video, std::string_view above, Page& page) {
  Members of(comment);
  Members snippet(comment["snippet"]);
  const std::string_view id = of.text("id");
  const std::int64_t time = snippet.time("publishedAt");
  if (!of.all_good()) return of.error();
  if (!snippet.all_good()) return snippet.error();
  add_comment({.time = time, .author = author_of(comment), .above = above, .post = video, .id = id},
              "by an account that was deleted", page);
  return {};
}

/// A comment under a video, and those under it: a few come with it, more are a list of their own.
Result<void> take_thread(const Errand& errand, JsonValue item, Page& page) {
  Members of(item);
  Members snippet(item["snippet"]);
  const std::string id(of.text("id"));
  const std::int64_t replies = snippet.number("totalReplyCount");
  const JsonValue top = item.find({"snippet", "topLevelComment"});
  if (!of.all_good()) return of.error();
  if (!snippet.all_good()) return snippet.error();
  if (auto added = add(top, errand.of, {}, page); !added) return added;
  std::int64_t here = 0;
  for (const JsonValue reply : item.find({"replies", "comments"}).elements()) {
    if (auto added = add(reply, errand.of, author_of(top), page); !added) return added;
    ++here;
  }
  if (here >= replies) return {};
  page.ask_if_changed({.list = "replies",
                       .of = errand.of + "/" + id,
                       .whom = std::string(author_of(top)),
                       .count = replies,
                       .since = errand.since});
  return {};
}

Result<void> take_reply(const Errand& errand, JsonValue item, Page& page) {
  return add(item, post_and_comment(errand.of).first, errand.whom, page);
}

std::string ask(std::string_view rest, std::string_view of) {
  return fmt::format("/youtube/v3/{}{}", rest, in_address(of));
}

constexpr std::array kLists = {
    List{"channel", "the channel",
         [](const Errand& e) { return ask("channels?part=snippet,contentDetails,statistics&id=", e.of); }, List::kOne,
         true, take_channel},
    List{"uploads", "the uploads",
         [](const Errand& e) { return ask("playlistItems?part=contentDetails&maxResults=50&playlistId=", e.of); },
         "items", true, take_upload},
    List{"videos", "the videos", [](const Errand& e) { return ask("videos?part=snippet,statistics&id=", e.of); },
         List::kOne, true, take_videos},
    List{"threads", "the comments",
         [](const Errand& e) {
           return ask("commentThreads?part=snippet,replies&maxResults=100&textFormat=plainText&videoId=", e.of);
         },
         "items", true, take_thread},
    List{"replies", "the replies",
         [](const Errand& e) {
           return ask("comments?part=snippet&maxResults=100&textFormat=plainText&parentId=",
                      post_and_comment(e.of).second);
         },
         "items", true, take_reply},
};

class YouTube final : public ListConnector {
 public:
  YouTube(const Source& source, std::string server, const Access& access, std::int64_t most_units)
      : ListConnector(source.account, std::move(server), access, kLists,
                      {{.list = "channel", .of = source.account.account}}),
        most_units_(most_units) {}

 protected:
  std::string_view page_parameter() const override { return "pageToken"; }

  std::expected<std::string, Problem> next_page(const Errand&, const JsonAnswer& answer) const override {
    return std::string(answer.root["nextPageToken"].text());
  }

  /// Google says 403 also where the day's quota is used up.
  Problem problem(const net::Response& response, std::string_view what) const override {
    Problem found = ListConnector::problem(response, what);
    const bool is_quota = response.body.contains("quotaExceeded") || response.body.contains("rateLimitExceeded");
    if (response.status == 403 && is_quota) found.kind = ProblemKind::try_later;
    return found;
  }

  std::int64_t price(const Errand&) const override { return 1; }
  std::int64_t cost(const Errand&, std::uint64_t) const override { return 1; }
  Budget budget() const override {
    return {.most = most_units_,
            .window_seconds = base::kSecondsPerDay,
            .shown = [](std::int64_t units) { return fmt::format("{} units of quota", units); },
            .setting = "max_units"};
  }

 private:
  std::int64_t most_units_;
};

}  // namespace

Result<std::unique_ptr<Connector>> make_connector(const Source& source, const Access& access) {
  if (source.account.network != kNetwork || !source.account.account.starts_with("UC")) {
    return Error{ErrorCode::usage,
                 fmt::format("'{}' is no channel of YouTube: give youtube:UC..., the id that stands in the advanced "
                             "settings of the account",
                             source.account.account)};
  }
  const auto units = amount_setting(source, "max_units", kUnitsADay, 0);
  if (!units) return units.error();
  std::string server = source.server.empty() ? "https://www.googleapis.com" : source.server;
  return std::unique_ptr<Connector>(std::make_unique<YouTube>(source, std::move(server), access, *units));
}

}  // namespace renown::connect::youtube
