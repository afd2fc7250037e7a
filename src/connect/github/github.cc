#include "connect/github/github.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "base/ascii.h"
#include "base/time.h"
#include "connect/list_connector.h"
#include "connect/members.h"
#include "ingest/gharchive/github_acts.h"
#include "ingest/gharchive/github_event.h"
#include "ingest/tag_list.h"

namespace renown::connect::github {
namespace {

using ingest::gharchive::login_of;
using io::JsonValue;

constexpr std::string_view kNetwork = "github";

bool same_login(std::string_view one, std::string_view other) {
  return base::same_but_for_case(one, other);
}

/// An act, where it is one of the account or on it. `actor` is empty where the account that acted was deleted.
void add(Page& page, const Interaction& row) {
  if (row.actor.empty()) return page.record.leave_out("by an account that was deleted");
  if (row.target.empty()) return page.record.leave_out("on an account that was deleted");
  const std::string& account = page.account.account;
  if (!same_login(row.actor, account) && !same_login(row.target, account)) {
    return page.record.leave_out("an act between others");
  }
  page.record.add(row);
}

/// Of a list whose items were changed last at `time`, the latest first; a day more, for clocks that differ.
bool was_read(const Errand& errand, std::int64_t time) {
  return time < errand.since - base::kSecondsPerDay;
}

/// An act in a list about `errand.of`, dated by a member; with the network's own id where there is a prefix for it.
Result<void> act(const Errand& errand, JsonValue item, Page& page, Kind kind, std::string_view dated, JsonValue actor,
                 std::string_view id_prefix = {}, JsonValue language = {}) {
  Members of(item);
  const std::int64_t time = of.time(dated);
  const std::string id = id_prefix.empty() ? "" : fmt::format("{}-{}", id_prefix, of.text("id"));
  if (!of.all_good()) return of.error();
  ingest::TagList tags;
  tags.add(language.text());
  add(page, {time, kind, kNetwork, login_of(actor), errand.whom, errand.of, page.record.keep(id),
             page.record.keep(tags.text())});
  return {};
}

Result<void> take_account(const Errand&, JsonValue item, Page& page) {
  Members of(item);
  const std::string login(of.text("login"));
  const std::int64_t created = of.time("created_at");
  const std::int64_t repositories = of.number("public_repos");
  const std::int64_t followers = of.number("followers");
  if (!of.all_good()) return of.error();
  people::Profile profile;
  profile.account = page.account;
  profile.handle = login;
  profile.name = std::string(item["name"].text());
  profile.bio = std::string(item["bio"].text());
  profile.links.emplace();
  if (!item["blog"].text().empty()) profile.links->emplace_back(item["blog"].text());
  profile.picture = !item["avatar_url"].text().empty();
  page.pull.profiles.push_back({std::move(profile), std::string(page.document)});
  page.ask({.list = "repositories", .of = login, .count = repositories});
  page.ask({.list = "elsewhere", .of = login});
  page.ask({.list = "received", .of = login});
  page.ask_if_changed({.list = "followers", .of = login, .whom = login, .count = followers, .since = created});
  return {};
}

Result<void> take_repository(const Errand&, JsonValue item, Page& page) {
  Members of(item);
  const std::string name(of.text("full_name"));
  const std::int64_t created = of.time("created_at");
  const std::int64_t stars = of.number("stargazers_count");
  const std::int64_t forks = of.number("forks_count");
  const std::string owner(login_of(item["owner"]));
  if (!of.all_good()) return of.error();
  if (owner.empty()) return bad_input("the repository names no owner");
  page.pull.posts.push_back({std::string(kNetwork), name, owner, std::string(item["html_url"].text()), created,
                             beginning(item["description"].text())});
  page.ask_if_changed({.list = "stars", .of = name, .whom = owner, .count = stars, .since = created});
  page.ask_if_changed({.list = "forks", .of = name, .whom = owner, .count = forks, .since = created});
  page.ask({.list = "issues", .of = name});
  return {};
}

Result<void> take_star(const Errand& errand, JsonValue item, Page& page) {
  return act(errand, item, page, Kind::star, "starred_at", item["user"]);
}

Result<void> take_fork(const Errand& errand, JsonValue item, Page& page) {
  return act(errand, item, page, Kind::repost, "created_at", item["owner"], {}, item["language"]);
}

Result<void> take_comment(const Errand& errand, JsonValue item, Page& page) {
  return act(errand, item, page, Kind::comment, "created_at", item["user"], "comment");
}

Result<void> take_review(const Errand& errand, JsonValue item, Page& page) {
  if (item["state"].text() != "PENDING") {
    return act(errand, item, page, Kind::review, "submitted_at", item["user"], "review");
  }
  page.record.leave_out("a review that was not handed in");
  return {};
}

Result<void> take_merge(const Errand& errand, JsonValue item, Page& page) {
  return act(errand, item, page, Kind::endorse, "merged_at", item["merged_by"], {},
             item.find({"base", "repo", "language"}));
}

/// "ann/tool" in "https://api.github.com/repos/ann/tool".
std::string_view repository_in(std::string_view url) {
  constexpr std::string_view kPath = "/repos/";
  const std::size_t at = url.find(kPath);
  return at == std::string_view::npos ? std::string_view() : url.substr(at + kPath.size());
}

/// An issue or pull request, and what is asked of it.
Result<void> take_issue(const Errand& errand, JsonValue item, Page& page) {
  Members of(item);
  const std::string_view number = of.text("number");
  const std::int64_t created = of.time("created_at");
  const std::int64_t updated = of.time("updated_at");
  const std::int64_t comments = of.number("comments");
  const std::string_view repository = repository_in(of.text("repository_url"));
  if (!of.all_good()) return of.error();
  page.is_read = was_read(errand, updated);
  if (page.is_read) return {};
  const std::string author(login_of(item["user"]));
  const std::string_view owner = repository.substr(0, repository.find('/'));
  const std::string name = fmt::format("{}#{}", repository, number);
  add(page, {created, Kind::comment, kNetwork, page.record.keep(author), owner, page.record.keep(name), {}, {}});
  page.ask_if_changed({.list = "comments", .of = name, .whom = author, .count = comments, .since = created});
  if (!item["pull_request"].is_object()) return {};
  page.ask({.list = "reviews", .of = name, .whom = author, .since = created});
  const bool is_merged = item.find({"pull_request", "merged_at"}).is_string();
  if (is_merged) page.ask_if_changed({.list = "merge", .of = name, .whom = author, .count = 1, .since = created});
  return {};
}

/// An event as GH Archive has it. What happens in the account's own repositories is read from their lists.
Result<void> take_event(const Errand& errand, JsonValue item, Page& page) {
  auto event = ingest::gharchive::read_event(item);
  if (!event) return event.error();
  page.is_read = was_read(errand, event->time);
  if (page.is_read) return {};
  if (same_login(event->owner(), page.account.account)) {
    page.record.leave_out("in a repository of the account: read from its lists");
    return {};
  }
  ingest::Record record;
  ingest::gharchive::acts_of(*event, record);
  if (record.rows().empty()) page.record.leave_out(record.reason());
  for (Interaction row : record.rows()) {  // whose texts stand in the event, which ends here
    for (std::string_view* text : {&row.target, &row.post, &row.tags}) *text = page.record.keep(std::string(*text));
    if (row.kind == Kind::post) page.record.leave_out("somebody's own work");
    if (row.kind != Kind::post) add(page, row);
  }
  return {};
}

Result<void> take_follower(const Errand& errand, JsonValue item, Page& page) {
  Members of(item);
  const std::string_view login = of.text("login");
  if (!of.all_good()) return of.error();
  add(page, {errand.since, Kind::follow, kNetwork, login, errand.whom, {}, {}, {}});
  return {};
}

/// "/repos/ann/tool/issues/17" of "ann/tool#17", with "pulls" for "issues" of pull requests.
std::string numbered(const Errand& errand, std::string_view kind, std::string_view rest) {
  const std::size_t at = errand.of.find('#');
  const std::string_view of = errand.of;
  const std::string_view number = at == std::string::npos ? std::string_view() : of.substr(at + 1);
  return fmt::format("/repos/{}/{}/{}{}", in_address(of.substr(0, at)), kind, in_address(number), rest);
}

std::string repository(const Errand& errand, std::string_view rest) {
  return fmt::format("/repos/{}{}", in_address(errand.of), rest);
}

std::string user(const Errand& errand, std::string_view rest) {
  return fmt::format("/users/{}{}", in_address(errand.of), rest);
}

// Pages of things with lists of their own are short: their lists stand in the cursor.
constexpr std::array kLists = {
    List{"account", "the account", [](const Errand& e) { return user(e, ""); }, List::kOne, true, take_account},
    List{"repositories", "the repositories", [](const Errand& e) { return user(e, "/repos?type=owner&per_page=30"); },
         List::kRoot, true, take_repository},
    List{"stars", "the stargazers", [](const Errand& e) { return repository(e, "/stargazers?per_page=100"); },
         List::kRoot, true, take_star},
    List{"forks", "the forks", [](const Errand& e) { return repository(e, "/forks?per_page=100"); }, List::kRoot, true,
         take_fork},
    List{"issues", "the issues",
         [](const Errand& e) { return repository(e, "/issues?state=all&sort=updated&direction=desc&per_page=30"); },
         List::kRoot, true, take_issue},
    List{"comments", "the comments", [](const Errand& e) { return numbered(e, "issues", "/comments?per_page=100"); },
         List::kRoot, true, take_comment},
    List{"reviews", "the reviews", [](const Errand& e) { return numbered(e, "pulls", "/reviews?per_page=100"); },
         List::kRoot, true, take_review},
    List{"merge", "the merge", [](const Errand& e) { return numbered(e, "pulls", ""); }, List::kOne, true, take_merge},
    List{"elsewhere", "the issues elsewhere",
         [](const Errand& e) {
           return fmt::format("/search/issues?q=author:{0}+-user:{0}&sort=updated&order=desc&per_page=30",
                              in_address(e.of));
         },
         "items", true, take_issue},
    List{"received", "the received events",
         [](const Errand& e) { return user(e, "/received_events/public?per_page=100"); }, List::kRoot, true,
         take_event},
    List{"followers", "the followers", [](const Errand& e) { return user(e, "/followers?per_page=100"); }, List::kRoot,
         false, take_follower},
};

class GitHub final : public ListConnector {
 public:
  using ListConnector::ListConnector;

 protected:
  net::Request request(const List& list, const Errand& errand) const override {
    net::Request request = ListConnector::request(list, errand);
    // Only this type says when somebody starred.
    const bool is_stars = list.name == "stars";
    request.headers.set("Accept", is_stars ? "application/vnd.github.star+json" : "application/vnd.github+json");
    request.headers.set("X-GitHub-Api-Version", "2022-11-28");
    return request;
  }
};

bool is_login(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return base::is_letter_or_digit(c) || c == '-'; });
}

}  // namespace

Result<std::unique_ptr<Connector>> make_connector(const Source& source, const Access& access) {
  if (source.account.network != kNetwork || !is_login(source.account.account)) {
    return Error{ErrorCode::usage, fmt::format("'{}' is no account of GitHub: give github:LOGIN, as in github:octocat",
                                               source.account.account)};
  }
  std::string server = source.server.empty() ? "https://api.github.com" : source.server;
  return std::unique_ptr<Connector>(
      std::make_unique<GitHub>(source.account, std::move(server), access, kLists,
                               std::vector<Errand>{{.list = "account", .of = source.account.account}}));
}

}  // namespace renown::connect::github
