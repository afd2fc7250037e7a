#include "ingest/archive/x/post_acts.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <string>

#include "base/ascii.h"
#include "ingest/archive/archive_time.h"
#include "ingest/tag_list.h"

namespace renown::ingest::archive::x {
namespace {

constexpr std::string_view kNetwork = "twitter";  // as in logs of older days: an account stays one account
constexpr std::string_view kRepost = "RT @";

/// A count, which archives write as text. What is no count is none.
std::uint64_t count_in(io::JsonValue value) {
  const std::string_view text = value.text_or_number();
  std::uint64_t count = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
  constexpr std::uint64_t kMost = 10'000'000'000;  // more than people: nonsense must not overflow the sum
  return error == std::errc{} && end == text.data() + text.size() && count <= kMost ? count : 0;
}

/// The number of an account that the post names; that of a deleted one is "-1".
std::string_view number_of(io::JsonValue mentioned) {
  const std::string_view number =
      mentioned["id_str"].is_missing() ? mentioned["id"].text_or_number() : mentioned["id_str"].text_or_number();
  return number == "-1" ? std::string_view{} : number;
}

std::string_view number_of_name(io::JsonValue post, std::string_view name) {
  for (const io::JsonValue mentioned : post.find({"entities", "user_mentions"}).elements()) {
    if (base::same_but_for_case(mentioned["screen_name"].text(), name)) return number_of(mentioned);
  }
  return {};
}

/// "ann" in "https://twitter.com/ann/status/17"; empty for any other address.
std::string_view author_in(std::string_view address) {
  static constexpr std::array<std::string_view, 6> kHosts = {"https://twitter.com/",        "https://x.com/",
                                                             "https://mobile.twitter.com/", "http://twitter.com/",
                                                             "https://www.twitter.com/",    "https://www.x.com/"};
  for (const std::string_view host : kHosts) {
    if (!address.starts_with(host)) continue;
    address.remove_prefix(host.size());
    const std::size_t end = address.find('/');
    if (end == std::string_view::npos || !address.substr(end).starts_with("/status/")) return {};
    return address.substr(0, end);
  }
  return {};
}

std::string tags_of(io::JsonValue post) {
  TagList tags;
  for (const io::JsonValue tag : post.find({"entities", "hashtags"}).elements()) tags.add(tag["text"].text());
  return tags.text();
}

/// What all rows of a post share.
struct Post {
  std::int64_t time;
  std::string_view owner;
  std::string_view id;
  std::string_view tags;
};

void add_row(const Post& post, Kind kind, std::string_view target, std::string_view about, Record& record) {
  record.add({post.time, kind, kNetwork, post.owner, target, about, post.id, post.tags});
}

/// A repost names its author, but not the post it repeats.
Result<void> repost(io::JsonValue whole, const Post& post, std::string_view text, Record& record) {
  text.remove_prefix(kRepost.size());
  const std::string_view author = number_of_name(whole, text.substr(0, text.find_first_of(": \n")));
  if (author.empty()) {
    record.leave_out("a repost of an account without a number");
  } else {
    add_row(post, Kind::repost, author, {}, record);
  }
  return {};
}

void quotes(io::JsonValue whole, const Post& post, Totals& totals, Record& record) {
  for (const io::JsonValue link : whole.find({"entities", "urls"}).elements()) {
    const std::string_view address = link["expanded_url"].text();
    const std::string_view name = author_in(address);
    if (name.empty()) continue;
    if (const std::string_view number = number_of_name(whole, name); !number.empty()) {
      add_row(post, Kind::quote, number, address, record);
    } else {
      ++totals.nameless_quotes;
    }
  }
}

}  // namespace

Result<void> acts_of_post(io::JsonValue whole, std::string_view owner, Totals& totals, Record& record) {
  if (!whole.is_object()) return bad_input("it is no post");
  Post post{.time = 0, .owner = owner, .id = whole["id_str"].text_or_number(), .tags = {}};
  if (post.id.empty()) post.id = whole["id"].text_or_number();
  if (post.id.empty()) return bad_input("the post has no id");
  const auto time = parse_archive_time(whole["created_at"].text());
  if (!time) return time.error();
  post.time = *time;
  post.tags = record.keep(tags_of(whole));
  std::string_view text = whole["full_text"].text();
  if (text.empty()) text = whole["text"].text();
  if (text.starts_with(kRepost)) return repost(whole, post, text, record);

  totals.likes += count_in(whole["favorite_count"]);
  totals.reposts += count_in(whole["retweet_count"]);
  add_row(post, Kind::post, {}, post.id, record);
  const std::string_view replied_to = whole["in_reply_to_user_id_str"].text_or_number();
  if (!replied_to.empty()) {
    add_row(post, Kind::reply, replied_to, whole["in_reply_to_status_id_str"].text_or_number(), record);
  }
  quotes(whole, post, totals, record);
  for (const io::JsonValue mentioned : whole.find({"entities", "user_mentions"}).elements()) {
    const std::string_view number = number_of(mentioned);
    if (!number.empty() && number != replied_to) add_row(post, Kind::mention, number, post.id, record);
  }
  return {};
}

}  // namespace renown::ingest::archive::x
