#include "connect/hackernews/hackernews.h"

#include <array>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "connect/amount_setting.h"
#include "connect/list_connector.h"
#include "connect/members.h"
#include "connect/plain_text.h"

namespace renown::connect::hackernews {
namespace {

using io::JsonValue;

constexpr std::string_view kNetwork = "hackernews";
constexpr std::int64_t kItems = 100;
constexpr std::int64_t kMostItems = 500;
constexpr std::size_t kMostKids = 500;  // of one item: they stand in the cursor until they are read

/// The newest items; the errand's count says of how many.
Result<void> take_user(const Errand& errand, JsonValue user, Page& page) {
  Members of(user);
  const std::string name(of.text("id"));
  if (!of.all_good()) return of.error();
  // Nobody who wrote nothing lacks anything else.
  const JsonValue submitted = user["submitted"];
  if (!submitted.is_array() && !submitted.is_missing()) return bad_input("'submitted' is no array");
  if (submitted.is_missing() && user["created"].integer().value_or(0) == 0) return bad_input("it is no user");
  people::Profile profile;
  profile.account = page.account;
  profile.handle = name;
  profile.bio = plain_text(user["about"].text());
  page.pull.profiles.push_back({std::move(profile), std::string(page.document)});
  std::int64_t left = errand.count;
  for (const JsonValue id : submitted.elements()) {
    if (left-- == 0) break;
    if (!id.is_number()) return bad_input("'submitted' holds what is no number");
    page.ask({.list = "item", .of = std::string(id.number())});
  }
  return {};
}

bool is_away(JsonValue item, Page& page) {
  const bool away = item["deleted"].boolean() == true || item["dead"].boolean() == true;
  if (away) page.record.leave_out("deleted or taken down");
  return away;
}

/// One of the user's own, and who answered it.
Result<void> take_item(const Errand&, JsonValue item, Page& page) {
  Members of(item);
  const std::string id(of.text("id"));
  if (!of.all_good()) return of.error();
  if (is_away(item, page)) return {};
  const std::string_view author = of.text("by");
  const std::int64_t time = of.time("time");
  const std::string_view type = of.text("type");
  if (!of.all_good()) return of.error();
  const JsonValue kids = item["kids"];
  if (!kids.is_array() && !kids.is_missing()) return bad_input("'kids' is no array");
  page.record.add({time, Kind::post, kNetwork, author, {}, page.record.keep(id), page.record.keep(id), {}});
  const bool is_comment = type == "comment";
  page.pull.posts.push_back({std::string(kNetwork), id, std::string(author),
                             fmt::format("https://news.ycombinator.com/item?id={}", id), time,
                             plain_text(item[is_comment ? "text" : "title"].text())});
  std::size_t asked = 0;
  for (const JsonValue kid : kids.elements()) {
    if (++asked > kMostKids) break;
    if (!kid.is_number()) return bad_input("'kids' holds what is no number");
    page.ask_if_changed(
        {.list = is_comment ? "reply" : "comment", .of = std::string(kid.number()), .whom = id, .count = 1});
  }
  return {};
}

Result<void> take_kid(const Errand& errand, JsonValue item, Kind kind, Page& page) {
  Members of(item);
  const std::string id(of.text("id"));
  if (!of.all_good()) return of.error();
  if (is_away(item, page)) return {};
  const std::string_view author = of.text("by");
  const std::int64_t time = of.time("time");
  if (!of.all_good()) return of.error();
  page.record.add({time, kind, kNetwork, author, page.account.account, errand.whom, page.record.keep(id), {}});
  return {};
}

Result<void> take_comment(const Errand& errand, JsonValue item, Page& page) {
  return take_kid(errand, item, Kind::comment, page);
}

Result<void> take_reply(const Errand& errand, JsonValue item, Page& page) {
  return take_kid(errand, item, Kind::reply, page);
}

std::string item_address(const Errand& errand) {
  return fmt::format("/v0/item/{}.json", in_address(errand.of));
}

constexpr std::array kLists = {
    List{"user", "the user", [](const Errand& e) { return fmt::format("/v0/user/{}.json", in_address(e.of)); },
         List::kOne, true, take_user},
    List{"item", "the story or comment", item_address, List::kOne, true, take_item},
    List{"comment", "the comment", item_address, List::kOne, true, take_comment},
    List{"reply", "the reply", item_address, List::kOne, true, take_reply},
};

}  // namespace

Result<std::unique_ptr<Connector>> make_connector(const Source& source, const Access& access) {
  const std::string& name = source.account.account;
  if (source.account.network != kNetwork || !is_plain_name(name)) {
    return Error{ErrorCode::usage, fmt::format("'{}' is no user of Hacker News: give hackernews:NAME", name)};
  }
  const auto items = amount_setting(source, "items", kItems, 0);
  if (!items) return items.error();
  if (*items < 1 || *items > kMostItems) return Error{ErrorCode::usage, "items: give a number from 1 to 500"};
  std::string server = source.server.empty() ? "https://hacker-news.firebaseio.com" : source.server;
  return std::unique_ptr<Connector>(
      std::make_unique<ListConnector>(source.account, std::move(server), access, kLists,
                                      std::vector<Errand>{{.list = "user", .of = name, .count = *items}}));
}

}  // namespace renown::connect::hackernews
