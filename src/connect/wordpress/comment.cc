#include "connect/wordpress/comment.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/ascii.h"
#include "base/time.h"
#include "connect/web_account.h"

namespace renown::connect::wordpress {
namespace {

/// "https://blog.example/hello/comment-page-2/#comment-5" stands under "https://blog.example/hello/".
std::string post_of(std::string_view link) {
  link = link.substr(0, link.find('#'));
  const std::size_t page = link.find("/comment-page-");
  return std::string(page == std::string_view::npos ? link : link.substr(0, page + 1));
}

std::string actor_of(io::JsonValue comment, const Site& site, bool is_ping) {
  const std::string_view url = comment["author_url"].text();
  const bool is_home = !site.home.empty() && url.starts_with(site.home) &&
                       (url.size() == site.home.size() || url[site.home.size()] == '/');
  std::string actor = is_ping ? web_site(url) : web_account(url);
  if (is_home || is_of_site(actor, site.account)) return site.account;
  const std::int64_t user = comment["author"].integer().value_or(0);
  return actor.empty() && user > 0 ? fmt::format("{}/?author={}", site.account, user) : actor;
}

}  // namespace

std::string id_of(std::string_view site, std::string_view number) {
  return fmt::format("{}#comment-{}", site, number);
}

Result<Comment> read_comment(io::JsonValue json, const Site& site) {
  Comment comment;
  comment.number = json["id"].number();
  if (comment.number.empty() || !std::ranges::all_of(comment.number, base::is_digit)) {
    return bad_input("the comment has no id");
  }
  const auto time = base::parse_time(json["date_gmt"].text());
  if (!time) return time.error();
  comment.time = *time;
  const std::string_view type = json["type"].text();
  const bool is_ping = type == "pingback" || type == "trackback";
  comment.actor = actor_of(json, site, is_ping);
  comment.page = is_ping ? json["author_url"].text() : "";
  comment.parent = json["parent"].number() == "0" ? "" : json["parent"].number();
  comment.post = post_of(json["link"].text());
  if (comment.post.empty()) return bad_input("the comment has no link");
  return comment;
}

void rows_of(const Comment& comment, std::string_view answered, std::string_view site, ingest::Record& record) {
  const std::string_view id = record.keep(id_of(site, comment.number));
  const auto add = [&](Kind kind, std::string_view target, std::string_view post) {
    if (target != comment.actor) record.add({comment.time, kind, "web", comment.actor, target, post, id, {}});
  };
  if (comment.actor.empty()) {
    record.leave_out("a comment by somebody without an address");
    return;
  }
  if (!comment.page.empty()) {
    add(Kind::mention, site, comment.page);
  } else {
    if (answered != site) add(Kind::comment, site, comment.post);
    if (!answered.empty()) add(Kind::reply, answered, record.keep(id_of(site, comment.parent)));
  }
  record.leave_out("a comment of the blog itself");
}

}  // namespace renown::connect::wordpress
