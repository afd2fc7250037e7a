#include "connect/facebook/facebook.h"

#include <array>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "connect/comment.h"
#include "connect/graph_api.h"
#include "connect/members.h"

namespace renown::connect::facebook {
namespace {

using io::JsonValue;

constexpr std::string_view kNetwork = "facebook";
constexpr std::string_view kUnnamed = "by somebody whom Facebook does not name";

Result<void> take_page(const Errand& errand, JsonValue root, Page& page) {
  Members of(root);
  const std::string id(of.text("id"));
  if (!of.all_good()) return of.error();
  if (id != page.account.account) return bad_input("the answer is about another page than the one asked for");
  people::Profile profile;
  profile.account = page.account;
  profile.handle = std::string(root["username"].text());
  profile.name = std::string(root["name"].text());
  profile.bio = std::string(root["about"].text());
  profile.links.emplace();
  if (!root["website"].text().empty()) profile.links->emplace_back(root["website"].text());
  page.pull.profiles.push_back({std::move(profile), std::string(page.document)});
  page.ask({.list = "tagged", .of = errand.of});
  page.ask({.list = "posts", .of = errand.of});
  return {};
}

/// One of the page's own posts, and what is asked about it.
Result<void> take_post(const Errand&, JsonValue item, Page& page) {
  Members of(item);
  Members comments(item.find({"comments", "summary"}));
  Members reactions(item.find({"reactions", "summary"}));
  const std::string id(of.text("id"));
  const std::int64_t time = of.time("created_time");
  const std::int64_t comment_count = comments.number("total_count");
  const std::int64_t reaction_count = reactions.number("total_count");
  for (const Members* each : {&of, &comments, &reactions}) {
    if (!each->all_good()) return each->error();
  }
  const std::string& account = page.account.account;
  const std::string_view kept = page.record.keep(id);
  page.record.add({time, Kind::post, kNetwork, account, {}, kept, kept, {}});
  page.pull.posts.push_back({std::string(kNetwork), id, account, std::string(item["permalink_url"].text()), time,
                             beginning(item["message"].text())});
  page.ask_if_changed({.list = "comments", .of = id, .count = comment_count, .since = time});
  page.ask_if_changed({.list = "reactions", .of = id, .whom = account, .count = reaction_count, .since = time});
  return {};
}

Result<void> take_comment(const Errand& errand, JsonValue item, Page& page) {
  Members of(item);
  const std::string_view id = of.text("id");
  const std::int64_t time = of.time("created_time");
  if (!of.all_good()) return of.error();
  add_comment({.time = time,
               .author = item.find({"from", "id"}).text(),
               .above = item.find({"parent", "from", "id"}).text(),
               .post = errand.of,
               .id = id},
              kUnnamed, page);
  return {};
}

/// Who reacted, not when; a love and a laugh are likes.
Result<void> take_reaction(const Errand& errand, JsonValue item, Page& page) {
  if (item["id"].is_missing()) {
    page.record.leave_out(std::string(kUnnamed));
    return {};
  }
  Members of(item);
  const std::string_view id = of.text("id");
  if (!of.all_good()) return of.error();
  page.record.add({errand.since, Kind::like, kNetwork, id, errand.whom, errand.of, {}, {}});
  return {};
}

/// A public post of somebody else that tags the page.
Result<void> take_tagged(const Errand&, JsonValue item, Page& page) {
  Members of(item);
  const std::string_view id = of.text("id");
  const std::int64_t time = of.time("created_time");
  if (!of.all_good()) return of.error();
  const std::string_view author = item.find({"from", "id"}).text();
  if (author.empty()) {
    page.record.leave_out(std::string(kUnnamed));
  } else {
    page.record.add({time, Kind::mention, kNetwork, author, page.account.account, id, id, {}});
  }
  return {};
}

std::string ask(std::string_view of, std::string_view rest) {
  return fmt::format("/{}/{}{}", kGraphVersion, in_address(of), rest);
}

constexpr std::array kLists = {
    List{"page", "the page", [](const Errand& e) { return ask(e.of, "?fields=id,username,name,about,website"); },
         List::kOne, true, take_page},
    List{"tagged", "the posts that tag the page",
         [](const Errand& e) { return ask(e.of, "/tagged?fields=id,created_time,from&limit=100"); }, "data", true,
         take_tagged},
    List{"posts", "the posts",
         [](const Errand& e) {
           return ask(e.of,
                      "/published_posts?fields=id,created_time,message,permalink_url,"
                      "comments.filter(stream).limit(0).summary(true),reactions.limit(0).summary(true)&limit=50");
         },
         "data", true, take_post},
    List{"comments", "the comments",
         [](const Errand& e) {
           return ask(e.of, "/comments?filter=stream&fields=id,created_time,from,parent%7Bfrom%7D&limit=100");
         },
         "data", true, take_comment},
    List{"reactions", "who reacted", [](const Errand& e) { return ask(e.of, "/reactions?fields=id,type&limit=100"); },
         "data", false, take_reaction},
};

}  // namespace

Result<std::unique_ptr<Connector>> make_connector(const Source& source, const Access& access) {
  const Account& account = source.account;
  if (account.network != kNetwork || !whole_number(account.account)) {
    return Error{ErrorCode::usage,
                 fmt::format("'{}' is no page of Facebook: give facebook:NUMBER, the page's id that stands under "
                             "'About' and 'Page transparency'",
                             account.account)};
  }
  std::string server = source.server.empty() ? "https://graph.facebook.com" : source.server;
  return std::unique_ptr<Connector>(std::make_unique<GraphConnector>(
      account, std::move(server), access, kLists, std::vector<Errand>{{.list = "page", .of = account.account}}));
}

}  // namespace renown::connect::facebook
