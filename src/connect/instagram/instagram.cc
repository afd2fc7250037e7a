#include "connect/instagram/instagram.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "connect/comment.h"
#include "connect/graph_api.h"
#include "connect/members.h"

namespace renown::connect::instagram {
namespace {

using io::JsonValue;

constexpr std::string_view kNetwork = "instagram";
constexpr std::string_view kUnnamed = "by an account that Instagram does not name";

Result<void> take_account(const Errand&, JsonValue root, Page& page) {
  Members of(root);
  const std::string name(of.text("username"));
  if (!of.all_good()) return of.error();
  if (name != page.account.account) return bad_input(fmt::format("the token is that of '{}'", name));
  people::Profile profile;
  profile.account = page.account;
  profile.handle = name;
  profile.name = std::string(root["name"].text());
  profile.picture = !root["profile_picture_url"].text().empty();
  page.pull.profiles.push_back({std::move(profile), std::string(page.document)});
  page.ask({.list = "posts"});
  return {};
}

Result<void> take_post(const Errand&, JsonValue item, Page& page) {
  Members of(item);
  const std::string id(of.text("id"));
  const std::int64_t time = of.time("timestamp");
  const std::int64_t comments = of.number("comments_count");
  if (!of.all_good()) return of.error();
  const std::string& account = page.account.account;
  const std::string_view kept = page.record.keep(id);
  page.record.add({time, Kind::post, kNetwork, account, {}, kept, kept, {}});
  page.pull.posts.push_back({std::string(kNetwork), id, account, std::string(item["permalink"].text()), time,
                             beginning(item["caption"].text())});
  page.ask_if_changed({.list = "comments", .of = id, .count = comments, .since = time});
  return {};
}

std::string_view author_of(JsonValue comment) {
  const std::string_view name = comment["username"].text();
  return name.empty() ? comment.find({"from", "username"}).text() : name;
}

Result<void> add(JsonValue item, std::string_view post, std::string_view above, Page& page) {
  Members of(item);
  const std::string_view id = of.text("id");
  const std::int64_t time = of.time("timestamp");
  if (!of.all_good()) return of.error();
  add_comment({.time = time, .author = author_of(item), .above = above, .post = post, .id = id}, kUnnamed, page);
  return {};
}

/// A comment and the first answers to it; where there are more, all are a list of their own.
Result<void> take_comment(const Errand& errand, JsonValue item, Page& page) {
  if (auto added = add(item, errand.of, {}, page); !added) return added;
  const std::string_view author = author_of(item);
  const JsonValue replies = item["replies"];
  if (!replies.find({"paging", "next"}).text().empty()) {
    page.ask({.list = "replies",
              .of = fmt::format("{}/{}", errand.of, item["id"].text()),
              .whom = std::string(author),
              .since = errand.since});
    return {};
  }
  for (const JsonValue reply : replies["data"].elements()) {
    if (auto added = add(reply, errand.of, author, page); !added) return added;
  }
  return {};
}

Result<void> take_reply(const Errand& errand, JsonValue item, Page& page) {
  return add(item, post_and_comment(errand.of).first, errand.whom, page);
}

std::string ask(std::string_view of, std::string_view rest) {
  return fmt::format("/{}/{}{}", kGraphVersion, in_address(of), rest);
}

constexpr std::array kLists = {
    List{"account", "the account",
         [](const Errand&) { return ask("me", "?fields=user_id,username,name,profile_picture_url"); }, List::kOne, true,
         take_account},
    List{
        "posts", "the posts",
        [](const Errand&) { return ask("me", "/media?fields=id,timestamp,permalink,caption,comments_count&limit=50"); },
        "data", true, take_post},
    List{"comments", "the comments",
         [](const Errand& e) {
           return ask(e.of,
                      "/comments?fields=id,timestamp,username,from,"
                      "replies.limit(50)%7Bid,timestamp,username,from%7D&limit=50");
         },
         "data", true, take_comment},
    List{"replies", "the replies",
         [](const Errand& e) {
           return ask(post_and_comment(e.of).second, "/replies?fields=id,timestamp,username,from&limit=50");
         },
         "data", true, take_reply},
};

}  // namespace

Result<std::unique_ptr<Connector>> make_connector(const Source& source, const Access& access) {
  const Account& account = source.account;
  const bool is_name = !account.account.empty() && std::ranges::all_of(account.account, [](char c) {
    return is_plain_name(std::string_view(&c, 1)) || c == '.';
  });
  if (account.network != kNetwork || !is_name) {
    return Error{ErrorCode::usage,
                 fmt::format("'{}' is no account of Instagram: give instagram:NAME, without the @", account.account)};
  }
  std::string server = source.server.empty() ? "https://graph.instagram.com" : source.server;
  return std::unique_ptr<Connector>(std::make_unique<GraphConnector>(account, std::move(server), access, kLists,
                                                                     std::vector<Errand>{{.list = "account"}}));
}

}  // namespace renown::connect::instagram
