#include "ingest/jetstream/jetstream_event.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>

#include <fmt/format.h>

#include "atproto/record_key.h"
#include "base/text.h"
#include "base/time.h"
#include "ingest/tag_list.h"

namespace renown::ingest::jetstream {
namespace {

constexpr std::string_view kLike = "app.bsky.feed.like";
constexpr std::string_view kRepost = "app.bsky.feed.repost";
constexpr std::string_view kPost = "app.bsky.feed.post";
constexpr std::string_view kFollow = "app.bsky.graph.follow";
constexpr std::array kCollections = {kLike, kRepost, kPost, kFollow};

constexpr std::int64_t kMicrosecondsPerSecond = 1'000'000;

constexpr const char* kNoDid = "a subject that is not under a DID";

bool is_did(std::string_view account) {
  return account.starts_with("did:");
}

/// What all rows of a commit share, and the record that was created.
struct Commit {
  std::string_view did;
  std::string_view collection;
  std::string_view rkey;
  std::string_view id;  ///< "collection/rkey": all that a later delete names
  std::int64_t time = 0;
  io::JsonValue content;
};

void add_row(const Commit& commit, Kind kind, std::string_view target, std::string_view post, std::string_view tags,
             Record& record) {
  record.add({commit.time, kind, "bluesky", commit.did, target, post, commit.id, tags});
}

/// A like or repost of what `subject.uri` names.
Result<void> act_on_subject(const Commit& commit, Kind kind, Record& record) {
  const std::string_view uri = commit.content.find({"subject", "uri"}).text();
  if (uri.empty()) return bad_input(fmt::format("the {} has no subject.uri", commit.collection));
  const std::string_view target = account_in(uri);
  if (target.empty()) {
    record.leave_out(kNoDid);
  } else {
    add_row(commit, kind, target, uri, {}, record);
  }
  return {};
}

Result<void> follow(const Commit& commit, Record& record) {
  const std::string_view target = commit.content["subject"].text();
  if (target.empty()) return bad_input(fmt::format("the {} has no subject", commit.collection));
  if (!is_did(target)) {
    record.leave_out(kNoDid);
  } else {
    add_row(commit, Kind::follow, target, {}, {}, record);
  }
  return {};
}

template <class Use>
void for_each_feature(io::JsonValue post, std::string_view type, Use use) {
  for (const io::JsonValue facet : post["facets"].elements()) {
    for (const io::JsonValue feature : facet["features"].elements()) {
      if (feature["$type"].text() == type) use(feature);
    }
  }
}

std::string tags_of(io::JsonValue post) {
  TagList tags;
  for_each_feature(post, "app.bsky.richtext.facet#tag",
                   [&](io::JsonValue feature) { tags.add(feature["tag"].text()); });
  for (const io::JsonValue tag : post["tags"].elements()) tags.add(tag.text());
  return tags.text();
}

/// Address of the quoted record, alone or beside pictures; empty if there is none.
std::string_view quoted_by(io::JsonValue post) {
  const io::JsonValue embed = post["embed"];
  const std::string_view type = embed["$type"].text();
  if (type == "app.bsky.embed.record") return embed.find({"record", "uri"}).text();
  if (type == "app.bsky.embed.recordWithMedia") return embed.find({"record", "record", "uri"}).text();
  return {};
}

/// The post itself, and what it does: reply, quote, mention. A part that names nobody is passed over.
void post(const Commit& commit, Record& record) {
  const std::string_view own = record.keep(fmt::format("at://{}/{}", commit.did, commit.id));
  const std::string_view tags = record.keep(tags_of(commit.content));
  add_row(commit, Kind::post, {}, own, tags, record);
  const auto act_on = [&](Kind kind, std::string_view address) {
    const std::string_view target = account_in(address);
    if (!target.empty()) add_row(commit, kind, target, address, tags, record);
  };
  act_on(Kind::reply, commit.content.find({"reply", "parent", "uri"}).text());
  act_on(Kind::quote, quoted_by(commit.content));
  for_each_feature(commit.content, "app.bsky.richtext.facet#mention", [&](io::JsonValue feature) {
    const std::string_view target = feature["did"].text();
    if (is_did(target)) add_row(commit, Kind::mention, target, own, tags, record);
  });
}

Result<void> create(const Commit& commit, Record& record) {
  if (!commit.content.is_object()) return bad_input("the created record is missing");
  if (commit.collection == kLike) return act_on_subject(commit, Kind::like, record);
  if (commit.collection == kRepost) return act_on_subject(commit, Kind::repost, record);
  if (commit.collection == kFollow) return follow(commit, record);
  post(commit, record);
  return {};
}

Result<void> read_commit(io::JsonValue body, Commit commit, Record& record) {
  const std::string_view operation = body["operation"].text();
  commit.collection = body["collection"].text();
  commit.rkey = body["rkey"].text();
  commit.content = body["record"];
  if (commit.collection.empty() || commit.rkey.empty()) return bad_input("the commit names no collection and rkey");
  if (!is_read(commit.collection)) {
    record.leave_out("a record of another collection");
    return {};
  }
  commit.id = record.keep(fmt::format("{}/{}", commit.collection, commit.rkey));
  if (operation == "create") {
    commit.time = atproto::record_time(commit.rkey, commit.time);
    return create(commit, record);
  }
  if (operation == "delete") {
    add_row(commit, Kind::undo, {}, {}, {}, record);
  } else if (operation == "update") {
    record.leave_out("a record that was changed");
  } else {
    return bad_input(fmt::format("the operation '{}' is none of create, update, delete",
                                 base::shorten(base::printable(operation), 40)));
  }
  return {};
}

/// When the server saw it; a record's own createdAt can say anything.
Result<std::int64_t> arrival_time(io::JsonValue event) {
  const auto microseconds = event["time_us"].integer();
  if (!microseconds) return bad_input("time_us is missing or no whole number");
  return base::check_unix_seconds(*microseconds / kMicrosecondsPerSecond);
}

}  // namespace

std::string_view account_in(std::string_view address) {
  constexpr std::string_view kScheme = "at://";
  if (!address.starts_with(kScheme)) return {};
  address.remove_prefix(kScheme.size());
  const std::string_view account = address.substr(0, address.find('/'));
  return is_did(account) ? account : std::string_view{};
}

bool is_read(std::string_view collection) {
  return std::ranges::find(kCollections, collection) != kCollections.end();
}

Result<void> read_created(std::string_view did, std::string_view collection, std::string_view rkey, std::int64_t time,
                          io::JsonValue content, Record& record) {
  const std::string_view id = record.keep(fmt::format("{}/{}", collection, rkey));
  return create({.did = did, .collection = collection, .rkey = rkey, .id = id, .time = time, .content = content},
                record);
}

Result<void> read_event(io::JsonValue event, Record& record) {
  Commit commit;
  commit.did = event["did"].text();
  if (!is_did(commit.did)) return bad_input("the event has no did");
  const auto time = arrival_time(event);
  if (!time) return time.error();
  commit.time = *time;
  const std::string_view kind = event["kind"].text();
  if (kind.empty()) return bad_input("the event has no kind");
  if (kind == "commit") return read_commit(event["commit"], commit, record);
  if (kind == "identity") {
    record.leave_out("a handle that changed (identity)");
  } else if (kind == "account") {
    record.leave_out("an account that came or went (account)");
  } else {
    record.leave_out("an event of another kind");
  }
  return {};
}

}  // namespace renown::ingest::jetstream
