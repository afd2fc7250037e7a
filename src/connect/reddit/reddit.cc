#include "connect/reddit/reddit.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "base/ascii.h"
#include "connect/list_connector.h"
#include "connect/members.h"

namespace renown::connect::reddit {
namespace {

using io::JsonValue;

constexpr std::string_view kNetwork = "reddit";
constexpr std::string_view kDeleted = "[deleted]";
constexpr std::int64_t kMostBeyond = 1'000'000;  // in one place, whatever Reddit says
constexpr int kDeepest = 100;                    // answers below answers; Reddit itself gives ten

bool same_name(std::string_view one, std::string_view other) {
  return base::same_but_for_case(one, other);
}

Result<void> take_user(const Errand&, JsonValue root, Page& page) {
  const JsonValue user = root["data"];
  Members of(user);
  const std::string name(of.text("name"));
  if (!of.all_good()) return of.error();
  people::Profile profile;
  profile.account = page.account;
  profile.handle = name;
  profile.bio = std::string(user.find({"subreddit", "public_description"}).text());
  profile.picture = !user["icon_img"].text().empty();
  page.pull.profiles.push_back({std::move(profile), std::string(page.document)});
  page.ask({.list = "submitted", .of = name});
  return {};
}

Result<void> take_submitted(const Errand&, JsonValue item, Page& page) {
  const JsonValue data = item["data"];
  Members of(data);
  const std::string id(of.text("id"));
  const std::string name(of.text("name"));
  const std::string author(of.text("author"));
  const std::int64_t time = of.time("created_utc");
  const std::int64_t comments = of.number("num_comments");
  if (!of.all_good()) return of.error();
  page.record.add(
      {time, Kind::post, kNetwork, page.record.keep(author), {}, page.record.keep(name), page.record.keep(name), {}});
  page.pull.posts.push_back({std::string(kNetwork), name, author,
                             fmt::format("https://www.reddit.com{}", data["permalink"].text()), time,
                             beginning(data["title"].text())});
  page.ask_if_changed({.list = "comments", .of = id, .whom = author, .count = comments, .since = time});
  return {};
}

/// Comments below a post or comment of `above`, and those below them; the rows about the account.
/// beyond  is raised by the comments that Reddit counts and does not give
Result<void> take_tree(JsonValue listing, std::string_view above, int depth, Page& page, std::int64_t& beyond) {
  for (const JsonValue child : listing.find({"data", "children"}).elements()) {
    if (child["kind"].text() == "more") {
      beyond += std::clamp<std::int64_t>(child.find({"data", "count"}).integer().value_or(1), 1, kMostBeyond);
      continue;
    }
    if (child["kind"].text() != "t1" || depth == kDeepest) return bad_input("it holds what is no comment");
    const JsonValue data = child["data"];
    Members of(data);
    const std::string_view name = of.text("name");
    const std::string_view parent = of.text("parent_id");
    const std::string_view author = of.text("author");
    const std::int64_t time = of.time("created_utc");
    if (!of.all_good()) return of.error();
    const Kind kind = parent.starts_with("t3_") ? Kind::comment : Kind::reply;
    const std::string& account = page.account.account;
    const bool is_about = same_name(author, account) || same_name(above, account);
    if (is_about && author != kDeleted && above != kDeleted) {
      page.record.add({time, kind, kNetwork, author, above, parent, name, {}});
    }
    if (auto taken = take_tree(data["replies"], author, depth + 1, page, beyond); !taken) return taken;
  }
  return {};
}

/// An answer is two listings: the post itself, and its comments.
Result<void> take_comments(const Errand& errand, JsonValue item, Page& page) {
  if (!item.find({"data", "children"}).is_array()) return bad_input("it is no listing");
  for (const JsonValue child : item.find({"data", "children"}).elements()) {
    if (child["kind"].text() == "t3") return {};
    break;
  }
  std::int64_t beyond = 0;
  if (auto taken = take_tree(item, errand.whom, 0, page, beyond); !taken) return taken;
  if (beyond > 0) {
    page.pull.skipped.push_back(
        {ProblemKind::too_large,
         fmt::format("the comments of {}: {} more than come at once, or deeper, are not read", errand.of, beyond)});
  }
  if (page.record.rows().empty()) page.record.leave_out("comments between others, or deleted");
  return {};
}

constexpr std::array kLists = {
    List{"user", "the user", [](const Errand& e) { return fmt::format("/user/{}/about?raw_json=1", in_address(e.of)); },
         List::kOne, true, take_user},
    List{"submitted", "the posts",
         [](const Errand& e) {
           return fmt::format("/user/{}/submitted?sort=new&limit=50&raw_json=1", in_address(e.of));
         },
         "data.children", true, take_submitted},
    List{"comments", "the comments",
         [](const Errand& e) { return fmt::format("/comments/{}?limit=500&raw_json=1", in_address(e.of)); },
         List::kRoot, true, take_comments},
};

class Reddit final : public ListConnector {
 public:
  using ListConnector::ListConnector;

 protected:
  std::string_view page_parameter() const override { return "after"; }

  std::expected<std::string, Problem> next_page(const Errand&, const JsonAnswer& answer) const override {
    return std::string(answer.root.find({"data", "after"}).text());
  }
};

}  // namespace

Result<std::unique_ptr<Connector>> make_connector(const Source& source, const Access& access) {
  const std::string& name = source.account.account;
  if (source.account.network != kNetwork || !is_plain_name(name)) {
    return Error{ErrorCode::usage, fmt::format("'{}' is no user of Reddit: give reddit:NAME, without u/", name)};
  }
  std::string server = source.server.empty() ? "https://oauth.reddit.com" : source.server;
  return std::unique_ptr<Connector>(std::make_unique<Reddit>(source.account, std::move(server), access, kLists,
                                                             std::vector<Errand>{{.list = "user", .of = name}}));
}

}  // namespace renown::connect::reddit
