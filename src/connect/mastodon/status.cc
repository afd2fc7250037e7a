#include "connect/mastodon/status.h"

#include <utility>

#include <fmt/format.h>

#include "base/time.h"
#include "connect/plain_text.h"
#include "ingest/tag_list.h"

namespace renown::connect::mastodon {
namespace {

std::string_view named(const std::map<std::string, std::string, std::less<>>& names, std::string_view id) {
  const auto at = names.find(id);
  return at == names.end() ? std::string_view{} : std::string_view(at->second);
}

}  // namespace

std::string account_uri(io::JsonValue account) {
  if (const std::string_view uri = account["uri"].text(); !uri.empty()) return std::string(uri);
  const std::string_view url = account["url"].text();
  const std::size_t at = url.find("/@");
  if (at == std::string_view::npos || url.find_first_of("/@?#", at + 2) != std::string_view::npos) {
    return std::string(url);
  }
  return fmt::format("{}/users/{}", url.substr(0, at), url.substr(at + 2));
}

people::Profile profile_of(io::JsonValue account, std::string handle) {
  people::Profile profile;
  profile.account = {"fediverse", account_uri(account)};
  profile.handle = std::move(handle);
  profile.name = account["display_name"].text();
  profile.bio = plain_text(account["note"].text(), 2'000);
  profile.links.emplace();
  for (const io::JsonValue field : account["fields"].elements()) {
    std::string text = plain_text(field["value"].text(), 500);
    if (text.starts_with("https://") || text.starts_with("http://")) profile.links->push_back(std::move(text));
  }
  const std::string_view avatar = account["avatar"].text();
  profile.picture = !avatar.empty() && !avatar.ends_with("/missing.png");  // what the server shows in place of one
  return profile;
}

void Names::learn(io::JsonValue status) {
  statuses.insert_or_assign(std::string(status["id"].text()), std::string(status["uri"].text()));
  const io::JsonValue account = status["account"];
  if (account.is_object()) accounts.insert_or_assign(std::string(account["id"].text()), account_uri(account));
}

bool is_public(io::JsonValue status) {
  return status["visibility"].text() == "public" || status["visibility"].text() == "unlisted";
}

std::string rows_of(io::JsonValue status, const Names& names, std::string_view about, ingest::Record& record) {
  const std::string_view author = record.keep(account_uri(status["account"]));
  const std::string_view own = status["uri"].text();
  const auto time = base::parse_time(status["created_at"].text());
  if (author.empty() || own.empty()) return "the status has no address";
  if (!time) return time.error().message;
  if (!is_public(status)) {
    record.leave_out("a post that was not public");
    return {};
  }
  ingest::TagList list;
  for (const io::JsonValue tag : status["tags"].elements()) list.add(tag["name"].text());
  const std::string_view tags = record.keep(list.text());
  const auto add = [&](Kind kind, std::string_view target, std::string_view post, std::string_view with_tags) {
    const bool counts = about.empty() ? kind == Kind::post || !target.empty() : target == about;
    if (counts) record.add({*time, kind, "fediverse", author, target, post, own, with_tags});
  };

  if (const io::JsonValue reposted = status["reblog"]; reposted.is_object()) {
    add(Kind::repost, record.keep(account_uri(reposted["account"])), reposted["uri"].text(), {});
    return {};
  }
  add(Kind::post, {}, own, tags);
  const std::string_view replied_to = named(names.accounts, status["in_reply_to_account_id"].text());
  const std::string_view parent = named(names.statuses, status["in_reply_to_id"].text());
  if (!parent.empty()) add(Kind::reply, replied_to, parent, tags);
  if (const io::JsonValue quoted = status["quote"]["quoted_status"]; quoted.is_object()) {
    add(Kind::quote, record.keep(account_uri(quoted["account"])), quoted["uri"].text(), tags);
  }
  for (const io::JsonValue mention : status["mentions"].elements()) {
    const std::string_view target = named(names.accounts, mention["id"].text());
    if (target != replied_to) add(Kind::mention, target, own, tags);
  }
  if (record.rows().empty()) record.leave_out("a post that is about somebody else");
  return {};
}

}  // namespace renown::connect::mastodon
